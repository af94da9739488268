import type { Command } from '../../kernel/commands.ts'
import { askTemplates } from './ask.ts'

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
