import type { LanguageModelV4FunctionTool, LanguageModelV4GenerateResult } from '@ai-sdk/provider'
import { type Journal, ModelAnswer, WorkContext } from '#shared/delegations/journal.ts'
import { isRehearsed, languageModel } from '../../models/registry.ts'
import { messagesOf } from './messages.ts'

export type ModelReply = {
  answer: ModelAnswer
  inputTokens: number
  outputTokens: number
  isRehearsal: boolean
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
    abortSignal,
    providerOptions: isRehearsed(context.model, context.isRehearsal)
      ? { rehearsal: { peers: context.peers, parts: context.rehearsal } }
      : {},
  })
  return {
    answer: toAnswer(result),
    inputTokens: result.usage.inputTokens.total ?? 0,
    outputTokens: result.usage.outputTokens.total ?? 0,
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
