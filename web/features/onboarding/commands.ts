import type { OrgId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { showGuide } from './guide-state.ts'

/** For orgs that offer the guide: it is there again whenever it is asked for. */
export function guideCommands(orgId: OrgId, isHidden: () => boolean): Command[] {
  return [
    {
      id: 'guide.show',
      title: 'Guide: go on where you were',
      group: 'Help',
      when: isHidden,
      run: () => void showGuide(orgId, 'resume'),
    },
    {
      id: 'guide.begin',
      title: 'Guide: begin again',
      group: 'Help',
      run: () => void showGuide(orgId, 'begin'),
    },
  ]
}
