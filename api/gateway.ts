import { approvalTools } from './features/approvals/tools.ts'
import { delegationTools } from './features/delegations/tools.ts'
import { memoryTools } from './features/memory/tools.ts'
import type { AgentTool } from './kernel/agent-tool.ts'

/** Everything an agent may call: one line a feature. */
export const agentTools: readonly AgentTool[] = [...delegationTools, ...approvalTools, ...memoryTools]
