import type { Policy } from '../orgs/permission.ts'

export const workspacesPolicy = {
  'workspaces.read': { lowest: 'viewer', to: 'see workspaces' },
  'workspaces.create': { lowest: 'member', to: 'add workspaces' },
  'workspaces.edit': { lowest: 'member', to: 'rename and configure workspaces' },
  'workspaces.move': { lowest: 'member', to: 'move workspaces' },
  'workspaces.delete': { lowest: 'member', to: 'delete and restore workspaces' },
  'workspaces.control': { lowest: 'member', to: 'pause and freeze workspaces' },
} as const satisfies Policy<'workspaces'>
