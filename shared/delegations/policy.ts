import type { Policy } from '../orgs/permission.ts'

export const delegationsPolicy = {
  'delegations.read': { lowest: 'viewer', to: 'see work' },
  'delegations.replay': { lowest: 'viewer', to: 'replay and compare recorded work' },
  'delegations.give': { lowest: 'member', to: 'give workspaces work' },
  'delegations.steer': { lowest: 'member', to: 'answer and continue work' },
  'delegations.reassign': { lowest: 'member', to: 'hand work to another workspace' },
  'delegations.cancel': { lowest: 'member', to: 'cancel work' },
  'delegations.fork': { lowest: 'member', to: 'fork recorded work' },
  'delegations.try': { lowest: 'member', to: 'try work and prompts without keeping what comes of it' },
} as const satisfies Policy<'delegations'>
