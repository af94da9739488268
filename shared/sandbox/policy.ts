import type { Policy } from '../orgs/permission.ts'

export const sandboxPolicy = {
  'sandbox.read': { lowest: 'viewer', to: 'see where code of agents runs and whom it may reach' },
  'sandbox.allow': { lowest: 'admin', to: 'say whom code of agents may reach', inPerson: true },
} as const satisfies Policy<'sandbox'>
