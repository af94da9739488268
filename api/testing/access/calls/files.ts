import type { CallsOf } from '../call.ts'
import { inWorkspace, ofFile } from '../inputs.ts'

export const files: CallsOf<'files'> = {
  list: { needs: 'files.read', input: inWorkspace },
  read: { needs: 'files.read', input: ofFile },
  texts: { needs: 'files.read', input: inWorkspace },
  save: {
    needs: 'files.edit',
    input: (things) => ({ ...ofFile(things), text: 'Be brief.\n', baseVersion: 1 }),
    tells: ['file.saved'],
  },
  add: {
    needs: 'files.edit',
    input: (things) => ({ ...inWorkspace(things), files: [{ path: 'added.md', text: 'Added.\n' }] }),
    tells: ['file.saved'],
  },
  versions: { needs: 'files.read', input: ofFile },
  restore: {
    needs: 'files.edit',
    input: (things) => ({ ...inWorkspace(things), path: 'notes.md', version: 1 }),
    tells: ['file.saved'],
  },
  rename: {
    needs: 'files.edit',
    input: (things) => ({ ...inWorkspace(things), path: 'notes.md', to: 'kept/notes.md' }),
    tells: ['file.renamed'],
  },
  delete: {
    needs: 'files.delete',
    input: (things) => ({ ...inWorkspace(things), path: 'notes.md' }),
    tells: ['file.deleted'],
  },
}
