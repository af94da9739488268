import type { Policy } from '../orgs/permission.ts'

export const memoryPolicy = {
  'memory.read': { lowest: 'viewer', to: 'read memories and plans' },
  'memory.write': { lowest: 'member', to: 'add and forget memories' },
} as const satisfies Policy<'memory'>
