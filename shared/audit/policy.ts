import type { Policy } from '../orgs/permission.ts'

export const auditPolicy = {
  'audit.activity.read': { lowest: 'viewer', to: 'see what happened' },
  'audit.read': { lowest: 'manager', to: 'search and verify the audit log' },
  'audit.export': { lowest: 'manager', to: 'export the audit log' },
  'audit.retention.write': { lowest: 'owner', to: 'change how long the audit log is kept' },
} as const satisfies Policy<'audit'>
