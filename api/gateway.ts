import { approvalTools } from './features/approvals/tools.ts'
import { delegationTools, standaloneDelegationTools } from './features/delegations/tools.ts'
import { memoryTools, standaloneMemoryTools } from './features/memory/tools.ts'
import { notifyTools, standaloneNotifyTools } from './features/notify/tools.ts'
import { sandboxTools } from './features/sandbox/tools.ts'
import { webTools } from './features/web/tools.ts'
import { fileTools } from './features/workspaces/file-tools.ts'
import type { AgentTool, AnyTool, StandaloneTool } from './kernel/agent-tool.ts'

/** What acts within our own database: one line a feature. */
export const agentTools: readonly AgentTool[] = [
  ...delegationTools,
  ...approvalTools,
  ...memoryTools,
  ...fileTools,
  ...notifyTools,
]

/** Everything an agent at work in our engine may call. */
export const engineTools: readonly AnyTool[] = [...agentTools, ...sandboxTools, ...webTools]

/** What of it an agent outside may call, with no delegation of ours at work. */
export const standaloneTools: readonly StandaloneTool[] = [
  ...standaloneDelegationTools,
  ...approvalTools,
  ...standaloneMemoryTools,
  ...fileTools,
  ...standaloneNotifyTools,
]
