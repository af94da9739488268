import type { Policy } from '../orgs/permission.ts'

export const runsPolicy = {
  'runs.read': { lowest: 'viewer', to: 'see the runs people shared and those of agents' },
  'runs.record': { lowest: 'member', to: 'keep a history of your runs' },
  'runs.share': { lowest: 'member', to: 'share a run' },
  'runs.delete': { lowest: 'manager', to: 'delete runs that others shared' },
} as const satisfies Policy<'runs'>
