import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace, ofDelegation } from '../inputs.ts'

export const delegations: CallsOf<'delegations'> = {
  create: {
    needs: 'delegations.give',
    input: (things) => ({ ...inWorkspace(things), task: 'Count to three' }),
    tells: ['delegation.queued'],
  },
  cancel: { needs: 'delegations.cancel', input: ofDelegation, tells: ['delegation.cancel-asked'] },
  continue: { needs: 'delegations.steer', input: ofDelegation, own: 'conflict', tells: ['step.changed'] },
  retry: { needs: 'delegations.steer', input: ofDelegation, own: 'conflict', tells: ['step.changed'] },
  message: {
    needs: 'delegations.steer',
    input: (things) => ({ ...ofDelegation(things), text: 'Be quick' }),
    tells: ['step.changed'],
  },
  reassign: {
    needs: 'delegations.reassign',
    input: ({ orgId, delegationId, childId: workspaceId }) => ({ orgId, delegationId, workspaceId }),
    tells: ['delegation.queued', 'delegation.reassigned'],
  },
  outdated: { needs: 'delegations.read', input: inWorkspace },
  restart: {
    needs: 'delegations.steer',
    input: (things) => ({ ...inWorkspace(things), delegationIds: [things.delegationId] }),
    tells: ['delegation.cancel-asked', 'delegation.queued'],
  },
  settleInterrupted: {
    needs: 'delegations.steer',
    input: (things) => ({ ...ofDelegation(things), how: 'skip' }),
    own: 'conflict',
    tells: ['step.changed'],
  },
  stopCompany: { needs: 'orgs.stop', input: inOrg, tells: ['org.stopped'] },
  startCompany: { needs: 'orgs.stop', input: inOrg, own: 'conflict', tells: ['org.started'] },
  freezeOrg: { needs: 'orgs.freeze', input: ({ orgId }) => ({ orgId, isFrozen: true }), tells: ['org.frozen'] },
  list: { needs: 'delegations.read', input: inWorkspace, others: 'ok' },
  tree: { needs: 'delegations.read', input: ofDelegation },
  get: { needs: 'delegations.read', input: ofDelegation },
  log: { needs: 'delegations.read', input: ofDelegation },
  loopHolds: { needs: 'delegations.read', input: inOrg },
  resumeLoop: {
    needs: 'delegations.steer',
    input: (things) => ({ ...ofDelegation(things), how: 'once' }),
    own: 'conflict',
    tells: ['step.changed', 'chain.resumed'],
  },
  active: { needs: 'delegations.read', input: inOrg },
}
