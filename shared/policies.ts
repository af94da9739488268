import { approvalsPolicy } from './approvals/policy.ts'
import { auditPolicy } from './audit/policy.ts'
import { budgetsPolicy } from './budgets/policy.ts'
import { chatPolicy } from './chat/policy.ts'
import { delegationsPolicy } from './delegations/policy.ts'
import { filesPolicy } from './files/policy.ts'
import { agentTokensPolicy, keysPolicy } from './keys/policy.ts'
import { mcpPolicy } from './mcp/policy.ts'
import { memoryPolicy } from './memory/policy.ts'
import { modelsPolicy } from './models/policy.ts'
import { noticesPolicy } from './notices/policy.ts'
import { notifyPolicy } from './notify/policy.ts'
import { onboardingPolicy } from './onboarding/policy.ts'
import type { Role } from './orgs/contract.ts'
import { isAtLeast, type Rule } from './orgs/permission.ts'
import { orgsPolicy, peoplePolicy } from './orgs/policy.ts'
import { pastPolicy } from './past/policy.ts'
import { runsPolicy } from './runs/policy.ts'
import { sandboxPolicy } from './sandbox/policy.ts'
import { schedulesPolicy } from './schedules/policy.ts'
import { secretsPolicy } from './secrets/policy.ts'
import { snapshotsPolicy } from './snapshots/policy.ts'
import { templatesPolicy } from './templates/policy.ts'
import { viewsPolicy } from './views/policy.ts'
import { workspacesPolicy } from './workspaces/policy.ts'

/** All that can be allowed, and from which role upward: one line a feature, read by the server and the screen alike. */
export const policies = Object.freeze({
  ...orgsPolicy,
  ...peoplePolicy,
  ...workspacesPolicy,
  ...filesPolicy,
  ...delegationsPolicy,
  ...chatPolicy,
  ...approvalsPolicy,
  ...budgetsPolicy,
  ...modelsPolicy,
  ...mcpPolicy,
  ...memoryPolicy,
  ...schedulesPolicy,
  ...secretsPolicy,
  ...keysPolicy,
  ...agentTokensPolicy,
  ...runsPolicy,
  ...sandboxPolicy,
  ...snapshotsPolicy,
  ...templatesPolicy,
  ...auditPolicy,
  ...pastPolicy,
  ...viewsPolicy,
  ...noticesPolicy,
  ...notifyPolicy,
  ...onboardingPolicy,
})

export type Permission = keyof typeof policies

export function mayAs(role: Role, permission: Permission): boolean {
  return isAtLeast(role, policies[permission].lowest)
}

export function ruleOf(permission: Permission): Rule {
  return policies[permission]
}
