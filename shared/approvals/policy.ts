import type { Policy } from '../orgs/permission.ts'

export const approvalsPolicy = {
  'approvals.read': { lowest: 'viewer', to: 'see approvals and their rules' },
  'approvals.answer': { lowest: 'member', to: 'answer approvals' },
  'approvals.rules.write': { lowest: 'admin', to: 'change what needs an approval' },
} as const satisfies Policy<'approvals'>
