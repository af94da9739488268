import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

const program = { language: 'python' as const, code: 'print(1)', record: null }

export const runs: CallsOf<'runs'> = {
  list: { needs: 'runs.read', input: inOrg },
  get: { needs: 'runs.read', input: ({ orgId, runId }) => ({ orgId, ref: { kind: 'person', runId } }) },
  record: {
    needs: 'runs.record',
    input: ({ orgId }) => ({ orgId, ...program }),
    tells: { none: 'A run is of whoever made it until they share it.' },
  },
  // The run is the owner's: nobody else shares it.
  share: {
    ...{ needs: 'runs.share', own: ['ok', 'forbidden'] },
    input: ({ orgId, runId }) => ({ orgId, runId }),
    tells: ['run.shared'],
  },
  delete: {
    ...{ needs: 'runs.delete', needsFirst: 'runs.record' },
    input: ({ orgId, runId }) => ({ orgId, runId }),
    tells: ['run.deleted'],
  },
}
