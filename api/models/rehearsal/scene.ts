import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider'
import { z } from 'zod'
import { Peer } from '#shared/delegations/journal.ts'
import { RehearsalPart } from '#shared/delegations/rehearsal-script.ts'

/** What the engine tells the rehearsal model beside the prompt, under `providerOptions.rehearsal`. */
export const RehearsalOptions = z.object({
  peers: z.array(Peer),
  parts: z.array(RehearsalPart),
  /** So many messages after the system's are of work before this one. */
  earlier: z.int().nonnegative().optional(),
})
export type RehearsalOptions = z.infer<typeof RehearsalOptions>

export type Result = { from: string; text: string; isError: boolean }

/** All that the rehearsal model decides from; nothing outside the call. */
export type Scene = RehearsalOptions & {
  task: string
  /** What people said into the work since. */
  heard: string[]
  /** The workspace's own prompt. */
  prompt: string
  /** The name of the workspace whose part is played; empty where the prompt does not say it. */
  self: string
  /** How often it has answered already. */
  turn: number
  results: Result[]
  tools: ReadonlySet<string>
}

export function readScene(options: LanguageModelV4CallOptions): Scene {
  const { data: given = { peers: [], parts: [] } } = RehearsalOptions.safeParse(options.providerOptions?.rehearsal)
  const system = options.prompt.flatMap(({ role, content }) => (role === 'system' ? [content] : [])).join('\n\n')
  const prompt = options.prompt.filter(({ role }) => role !== 'system').slice(given.earlier ?? 0)
  const introduction = system.lastIndexOf(introduced)
  const [task = '', ...heard] = prompt.flatMap(userText)
  return {
    ...given,
    task,
    heard,
    prompt: introduction < 0 ? '' : system.slice(0, introduction),
    self: /^You are (.+?)(?:: |\. The work comes from )/m.exec(system.slice(Math.max(introduction, 0)))?.[1] ?? '',
    turn: prompt.filter((message) => message.role === 'assistant').length,
    results: readResults(prompt),
    tools: new Set((options.tools ?? []).map((tool) => tool.name)),
  }
}

/** Where the engine's own words begin after the prompt. */
const introduced = '\n\nYou are '

function userText(message: LanguageModelV4Message): string[] {
  if (message.role !== 'user' || message.providerOptions?.rehearsal?.isReminder) return []
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
}

const Addressed = z.object({ workspace: z.string() })

/** What came back so far, each named after whom it was asked of. */
function readResults(prompt: readonly LanguageModelV4Message[]): Result[] {
  const askedOf = new Map<string, string>()
  const results: Result[] = []
  for (const message of prompt) {
    if (message.role !== 'assistant' && message.role !== 'tool') continue
    for (const part of message.content) {
      if (part.type === 'tool-call') {
        askedOf.set(part.toolCallId, Addressed.safeParse(part.input).data?.workspace ?? part.toolName)
      }
      if (part.type !== 'tool-result') continue
      const { output } = part
      const isError = output.type === 'error-text'
      const text = output.type === 'text' || output.type === 'error-text' ? output.value : JSON.stringify(output)
      results.push({ from: askedOf.get(part.toolCallId) ?? part.toolName, text, isError })
    }
  }
  return results
}
