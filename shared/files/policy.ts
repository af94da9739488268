import type { Policy } from '../orgs/permission.ts'

export const filesPolicy = {
  'files.read': { lowest: 'viewer', to: 'read files' },
  'files.edit': { lowest: 'member', to: 'edit files' },
  'files.delete': { lowest: 'member', to: 'delete files' },
} as const satisfies Policy<'files'>
