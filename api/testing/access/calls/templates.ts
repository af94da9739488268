import { randomUUID } from 'node:crypto'
import { ImportId } from '#shared/templates/import.ts'
import type { CallsOf } from '../call.ts'

export const templates: CallsOf<'templates'> = {
  library: { needs: 'person', input: () => undefined },
  createOrg: {
    needs: 'person',
    input: () => ({ name: 'From a template', slug: 'none' }),
    ...{ own: 'not-found', tells: { none: 'there is no such template; what an import tells is its own tests' } },
  },
  cancelImport: {
    needs: 'templates.import',
    input: ({ orgId }) => ({ orgId, importId: ImportId.parse(randomUUID()) }),
    tells: { none: 'an import that never came to be leaves nothing to tell of' },
  },
}
