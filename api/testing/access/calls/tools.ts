import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace } from '../inputs.ts'

export const tools: CallsOf<'tools'> = {
  list: { needs: 'workspaces.read', input: inOrg },
  access: { needs: 'approvals.read', input: inWorkspace },
}
