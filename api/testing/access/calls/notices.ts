import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

const tells = { none: 'what a person has read is their own affair' }

export const notices: CallsOf<'notices'> = {
  list: { needs: 'notices.read', input: inOrg },
  state: { needs: 'notices.read', input: inOrg },
  mark: { needs: 'notices.read', input: ({ orgId }) => ({ orgId, seqs: [1] }), tells },
  markAll: { needs: 'notices.read', input: ({ orgId }) => ({ orgId, upTo: 1 }), tells },
  mute: { needs: 'notices.read', input: ({ orgId }) => ({ orgId, kinds: ['completed'] }), tells },
}
