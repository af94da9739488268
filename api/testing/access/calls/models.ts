import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const models: CallsOf<'models'> = {
  catalogue: { needs: 'models.read', input: inOrg },
  setAlias: {
    needs: 'models.aliases.write',
    input: ({ orgId }) => ({ orgId, name: 'best', model: 'anthropic:claude-opus-4-5' }),
    tells: ['model-alias.set'],
  },
  removeAlias: {
    needs: 'models.aliases.write',
    input: ({ orgId }) => ({ orgId, name: 'cheap' }),
    tells: ['model-alias.set'],
  },
  test: {
    needs: 'models.test',
    input: ({ orgId }) => ({ orgId, model: 'rehearsal' }),
    tells: ['delegation.queued', 'delegation.started', 'delegation.completed'],
  },
}
