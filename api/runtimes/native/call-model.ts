import type { LanguageModelV4FunctionTool, LanguageModelV4GenerateResult } from '@ai-sdk/provider'
import { type Journal, ModelAnswer, WorkContext } from '#shared/delegations/journal.ts'
import { isRehearsed, languageModel } from '../../models/registry.ts'
import { messagesOf } from './messages.ts'

export type ModelReply = { answer: ModelAnswer; usage: Usage; isRehearsal: boolean }
export type Usage = { inputTokens: number; outputTokens: number; cacheReadTokens?: number | undefined }

/** A call that failed: in the provider's own words, with what is known of its price and of trying again. */
export class ModelFailure extends Error {
  readonly billing: Usage | 'unknown' | 'not-sent'
  readonly retry: { afterMs: number } | null

  constructor(text: string, { billing, retry, cause }: Pick<ModelFailure, 'billing' | 'retry'> & { cause?: unknown }) {
    super(text, { cause })
    this.billing = billing
    this.retry = retry
  }
}

/** Of what is sent beside the prompt's own text: roles, names, ids and the frame around them. */
const framingTokens = 500
export const maxOutputTokens = 4_096

/** The most a call can be billed: no token is shorter than a byte, and the answer ends at the limit that is sent. */
export function worstCase(
  journal: Journal,
  tools: readonly { name: string; description: string; inputSchema: unknown }[],
) {
  const context = WorkContext.parse(journal.steps.find((step) => step.kind === 'context')?.output)
  const sent = JSON.stringify([messagesOf(journal, context), tools])
  const inputTokens = Buffer.byteLength(sent) + framingTokens
  return { model: context.model, isRehearsal: context.isRehearsal, inputTokens, outputTokens: maxOutputTokens }
}

/** One model call of the native loop. Aborting the signal ends it; whatever goes wrong is thrown with the provider's words. */
export async function callModel(
  journal: Journal,
  tools: readonly LanguageModelV4FunctionTool[],
  abortSignal: AbortSignal,
): Promise<ModelReply> {
  const context = WorkContext.parse(journal.steps.find((step) => step.kind === 'context')?.output)
  const model = languageModel(context.model, context.isRehearsal)
  const result = await model.doGenerate({
    prompt: messagesOf(journal, context),
    tools: tools.filter((tool) => context.tools.includes(tool.name)),
    maxOutputTokens,
    abortSignal,
    providerOptions: isRehearsed(context.model, context.isRehearsal)
      ? { rehearsal: { peers: context.peers, parts: context.rehearsal } }
      : {},
  })
  return {
    answer: toAnswer(result),
    usage: {
      inputTokens: result.usage.inputTokens.total ?? 0,
      outputTokens: result.usage.outputTokens.total ?? 0,
      cacheReadTokens: result.usage.inputTokens.cacheRead ?? 0,
    },
    isRehearsal: context.isRehearsal,
  }
}

function toAnswer({ content, finishReason }: LanguageModelV4GenerateResult): ModelAnswer {
  return ModelAnswer.parse({
    // Postgres keeps no NUL character in text or json.
    text: plain(content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')),
    calls: content.flatMap((part) =>
      part.type === 'tool-call'
        ? [{ id: plain(part.toolCallId), name: plain(part.toolName), args: plain(part.input) }]
        : [],
    ),
    finish: finishReason.unified,
  })
}

function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
