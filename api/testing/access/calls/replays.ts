import type { CallsOf } from '../call.ts'
import { inWorkspace, ofDelegation } from '../inputs.ts'

const trial = { none: 'It keeps nothing: it says what would come of it.' }

export const replays: CallsOf<'replays'> = {
  replay: { needs: 'delegations.replay', input: ofDelegation },
  fork: {
    needs: 'delegations.fork',
    input: (things) => ({ ...ofDelegation(things), atStep: 0, edit: { kind: 'nothing' } }),
    own: 'bad-input',
    tells: ['delegation.forked', 'delegation.queued'],
  },
  compare: {
    needs: 'delegations.replay',
    input: ({ orgId, delegationId }) => ({ orgId, left: delegationId, right: delegationId }),
  },
  window: {
    needs: 'delegations.read',
    input: (things) => ({ ...ofDelegation(things), step: 0 }),
    // It was given, and has taken no step.
    own: 'not-found',
  },
  relatives: { needs: 'delegations.replay', input: ofDelegation },
  promptCases: { needs: 'delegations.replay', input: inWorkspace },
  tryPrompt: {
    needs: 'delegations.try',
    input: (things) => ({ ...inWorkspace(things), ...ofDelegation(things), prompt: 'Be brief.' }),
    own: 'not-found',
    tells: trial,
  },
  dryRun: {
    needs: 'delegations.try',
    input: (things) => ({ ...inWorkspace(things), task: 'Count to three' }),
    tells: trial,
  },
}
