import type { Policy } from '../orgs/permission.ts'

export const keysPolicy = {
  'keys.read': { lowest: 'viewer', to: 'see keys' },
  'keys.own.write': { lowest: 'viewer', to: 'make and revoke keys of their own', inPerson: true },
  'keys.org.write': { lowest: 'admin', to: 'make and revoke keys of the organisation', inPerson: true },
} as const satisfies Policy<'keys'>

export const agentTokensPolicy = {
  'agent-tokens.read': { lowest: 'viewer', to: 'see the tokens of agents outside' },
  'agent-tokens.write': { lowest: 'manager', to: 'issue and revoke tokens of agents outside', inPerson: true },
} as const satisfies Policy<'agent-tokens'>
