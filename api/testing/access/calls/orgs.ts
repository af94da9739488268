import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

export const orgs: CallsOf<'orgs'> = {
  list: { needs: 'caller', input: () => undefined },
  get: { needs: 'orgs.read', input: inOrg },
  create: {
    ...{ needs: 'person', input: () => ({ name: 'Another' }), tells: ['org.created'] },
  },
  rename: { needs: 'orgs.rename', input: ({ orgId }) => ({ orgId, name: 'Renamed' }), tells: ['org.renamed'] },
  transfer: {
    ...{ needs: 'orgs.transfer', input: ({ orgId, userId }) => ({ orgId, userId }) },
    tells: ['member.role-changed', 'member.role-changed'],
  },
  delete: {
    ...{ needs: 'orgs.delete', input: ({ orgId }) => ({ orgId, name: 'Not its name' }), own: 'bad-input' },
    tells: { none: 'Its log goes with it; tried where there is work.' },
  },
  setRehearsal: {
    ...{ needs: 'orgs.rehearsal.switch', input: ({ orgId }) => ({ orgId, isRehearsal: false }) },
    tells: ['org.rehearsal-switched'],
  },
  setContactPolicy: {
    ...{ needs: 'orgs.contact-policy.write', input: ({ orgId }) => ({ orgId, contactPolicy: 'lineage' }) },
    tells: ['org.contact-policy-changed'],
  },
}
