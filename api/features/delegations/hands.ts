import type { AnyTool } from '../../kernel/agent-tool.ts'

/** What a worker brings to a commit: the tools, and how many effects it has room to begin at once. */
export type Hands = { worker: string; room: number; tools: readonly AnyTool[] }
