import { z } from 'zod'
import { formatAgo } from '#shared/kernel/format-time.ts'
import { MemoryId } from '#shared/kernel/ids.ts'
import { Importance, type Memory, MemoryKind, MemoryScope, MemoryText } from '#shared/memory/contract.ts'
import { escapeDelimiter } from '#shared/memory/escape-delimiter.ts'
import { type AgentTool, type StandaloneTool, standaloneTool } from '../../kernel/agent-tool.ts'
import { forgetIn } from './forget.ts'
import { planTools } from './plan-tools.ts'
import { rememberIn } from './remember.ts'
import { searchMemories } from './search.ts'
import { markUsed } from './store.ts'

const rememberTool = standaloneTool({
  name: 'remember',
  description:
    'Keeps something for later tasks. Scope LOCAL: this workspace; TEAM: your team; GLOBAL: everybody (only from the top).',
  input: z.object({
    text: MemoryText,
    scope: MemoryScope.default('LOCAL'),
    kind: MemoryKind.default('semantic').describe('episodic: what happened; procedural: how to; social: who is who.'),
    importance: Importance.default(0.5).describe('From 0 to 1.'),
  }),
  // The same words again are the same memory.
  hints: { readOnly: false, idempotent: true },
  run: async (tx, { context, workspaceId }, input) => {
    const id = await rememberIn(tx, context, { workspaceId, ...input })
    return { kind: 'done', text: JSON.stringify({ memory_id: id, scope: input.scope }) }
  },
})

const recallTool = standaloneTool({
  name: 'recall',
  description: 'Finds what this workspace, its team or the organisation remembered. Without a query: the newest.',
  input: z.object({
    query: z.string().trim().max(400).default('').describe('A few words.'),
    scope: MemoryScope.optional(),
    kind: MemoryKind.optional(),
    limit: z.int().min(1).max(50).default(10),
  }),
  hints: { readOnly: true, idempotent: true },
  run: async (tx, { workspaceId }, input) => {
    const found = await searchMemories(tx, workspaceId, input)
    if (found.length === 0) return { kind: 'done', text: 'Nothing is remembered about this.' }
    await markUsed(
      tx,
      found.map((memory) => memory.id),
    )
    const now = Date.now()
    return { kind: 'done', text: found.map((memory) => asText(memory, now)).join('\n\n') }
  },
})

const forgetTool = standaloneTool({
  name: 'forget',
  description: 'Forgets a memory that your workspace wrote, by the id that recall or remember gave.',
  input: z.object({ memory_id: z.uuid() }),
  hints: { readOnly: false, idempotent: true, destructive: true },
  run: async (tx, { context }, input) => {
    await forgetIn(tx, context, MemoryId.parse(input.memory_id))
    return { kind: 'done', text: 'It is forgotten.' }
  },
})

/** Memory, also under the names other systems taught their prompts. */
export const standaloneMemoryTools: readonly StandaloneTool[] = [
  rememberTool,
  recallTool,
  forgetTool,
  { ...rememberTool, name: 'commit_memory', description: 'The same as remember.' },
  { ...recallTool, name: 'search_memory', description: 'The same as recall.' },
]

/** The same, and plans of the work at hand. */
export const memoryTools: readonly AgentTool[] = [...standaloneMemoryTools, ...planTools]

function asText({ id, scope, kind, workspaceName, createdAt, text }: Memory, now: number): string {
  const from = workspaceName.replace(/[[\]]/g, ' ')
  return `[MEMORY ${id} ${scope} ${kind} from ${from}, ${formatAgo(createdAt, now)}]\n${escapeDelimiter(text)}`
}
