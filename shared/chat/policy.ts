import type { Policy } from '../orgs/permission.ts'

/** A conversation is a person's own: no program has it for them. */
export const chatPolicy = {
  'chat.read': { lowest: 'viewer', to: 'read their conversations with workspaces', inPerson: true },
  'chat.write': { lowest: 'member', to: 'talk with workspaces', inPerson: true },
} as const satisfies Policy<'chat'>
