import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace } from '../inputs.ts'

export const audit: CallsOf<'audit'> = {
  list: { needs: 'audit.activity.read', input: inWorkspace },
  search: { needs: 'audit.read', input: inWorkspace, others: 'ok' },
  actors: { needs: 'audit.read', input: inOrg },
  state: { needs: 'audit.read', input: inOrg },
  verify: { needs: 'audit.read', input: inOrg },
  setRetention: {
    needs: 'audit.retention.write',
    input: ({ orgId }) => ({ orgId, keepDays: 365 }),
    tells: ['audit.retention-changed'],
  },
}
