import type { Policy } from '../orgs/permission.ts'

export const notifyPolicy = {
  'notify.read': { lowest: 'viewer', to: 'see where word of a category goes' },
  'notify.routes.write': { lowest: 'admin', to: 'change where word of a category goes' },
} as const satisfies Policy<'notify'>
