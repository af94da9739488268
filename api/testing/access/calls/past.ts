import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const past: CallsOf<'past'> = {
  at: { needs: 'past.read', input: ({ orgId }) => ({ orgId, moment: { seq: 1 } }) },
  events: { needs: 'past.read', input: ({ orgId }) => ({ orgId, afterSeq: 0 }) },
  range: { needs: 'past.read', input: inOrg },
}
