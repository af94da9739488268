import type { Policy } from '../orgs/permission.ts'

export const pastPolicy = {
  'past.read': { lowest: 'viewer', to: 'look at the past' },
} as const satisfies Policy<'past'>
