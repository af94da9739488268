import type { CallsOf } from '../call.ts'
import { inWorkspace, ofDelegation } from '../inputs.ts'

export const memory: CallsOf<'memory'> = {
  list: { needs: 'memory.read', input: inWorkspace },
  remember: {
    needs: 'memory.write',
    input: (things) => ({ ...inWorkspace(things), text: 'It rains in April.' }),
    tells: ['memory.remembered'],
  },
  forget: {
    needs: 'memory.write',
    input: ({ orgId, memoryId }) => ({ orgId, memoryId }),
    tells: ['memory.forgotten'],
  },
  unforget: {
    needs: 'memory.write',
    input: ({ orgId, goneMemoryId: memoryId }) => ({ orgId, memoryId }),
    tells: ['memory.remembered'],
  },
  edit: {
    needs: 'memory.write',
    input: ({ orgId, memoryId }) => ({ orgId, memoryId, pinned: true }),
    tells: ['memory.changed'],
  },
  tidy: {
    needs: 'memory.write',
    input: ({ orgId, agentId: workspaceId }) => ({ orgId, workspaceId }),
    tells: ['memory.tidied'],
  },
  untidy: {
    needs: 'memory.write',
    input: ({ orgId, tidyingId }) => ({ orgId, tidyingId }),
    tells: ['memory.tidying-undone'],
  },
  tidyings: { needs: 'memory.read', input: inWorkspace },
  plan: { needs: 'memory.read', input: ofDelegation, others: 'ok' },
}
