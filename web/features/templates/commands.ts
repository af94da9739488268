import type { OrgId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { askTemplates } from './ask.ts'
import { downloadOrg } from './download-org.ts'

export const exportCommands = (orgId: OrgId): readonly Command[] => [
  {
    id: 'templates.export',
    title: 'Export this organisation as a .zip',
    group: 'Organisation',
    run: () => downloadOrg(orgId),
  },
]

/** For whoever may import. */
export const importCommands: readonly Command[] = [
  {
    id: 'templates.gallery',
    title: 'Templates: start from a small organisation',
    group: 'Organisation',
    run: () => askTemplates({ kind: 'gallery' }),
  },
  {
    id: 'templates.import',
    title: 'Import a folder, .zip or bundle',
    group: 'Organisation',
    run: () => askTemplates({ kind: 'import' }),
  },
]
