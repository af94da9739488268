import type { OrgId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { untilFetched } from '../../kernel/lazy-part.ts'
import type { Showing } from './show-as.ts'

/** For orgs that offer the guide: it is there again whenever it is asked for. */
export function guideCommands(orgId: OrgId, isHidden: () => boolean): Command[] {
  return [
    {
      id: 'guide.show',
      title: 'Guide: go on where you were',
      group: 'Help',
      when: isHidden,
      run: () => void show(orgId, 'resume'),
    },
    {
      id: 'guide.begin',
      title: 'Guide: begin again',
      group: 'Help',
      run: () => void show(orgId, 'begin'),
    },
  ]
}

/** Fetched when it is asked for: most never ask. */
async function show(orgId: OrgId, to: Showing): Promise<void> {
  const { showGuide } = await untilFetched(() => import('./show-guide.ts'))
  await showGuide(orgId, to)
}
