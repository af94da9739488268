import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { Attributes } from '@opentelemetry/api'
import type { Journal, ModelAnswer, WorkContext } from '#shared/delegations/journal.ts'
import type { Usage } from './model-failure.ts'

/** What a span says of a call, under the names of OpenTelemetry's conventions. Its words only where they are asked for; they are masked. */
export function aboutCall(
  { delegationId }: Journal,
  { workspace }: WorkContext,
  { prompt, maxOutputTokens }: LanguageModelV4CallOptions,
  showsContents: boolean,
): Attributes {
  return {
    'gen_ai.conversation.id': delegationId,
    'gen_ai.agent.id': workspace.id,
    'gen_ai.agent.name': workspace.name,
    ...(maxOutputTokens !== undefined && { 'gen_ai.request.max_tokens': maxOutputTokens }),
    ...(showsContents && { 'gen_ai.input.messages': JSON.stringify(prompt) }),
  }
}

type Reply = { answer: ModelAnswer; usage: Usage }

export function aboutReply({ answer, usage }: Reply, showsContents: boolean): Attributes {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage
  const parts = [
    ...(answer.text === '' ? [] : [{ type: 'text', content: answer.text }]),
    ...answer.calls.map(({ id, name, args }) => ({ type: 'tool_call', id, name, arguments: args })),
  ]
  return {
    'gen_ai.usage.input_tokens': inputTokens,
    'gen_ai.usage.output_tokens': outputTokens,
    ...(cacheReadTokens !== undefined && { 'gen_ai.usage.cache_read.input_tokens': cacheReadTokens }),
    ...(cacheWriteTokens !== undefined && { 'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens }),
    'gen_ai.response.finish_reasons': [answer.finish],
    ...(showsContents && { 'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts }]) }),
  }
}
