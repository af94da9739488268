import type { LanguageModelV4Message } from '@ai-sdk/provider'
import type { Speaks } from '#shared/secrets/services.ts'

/**
 * Marks where a provider may keep what comes before for the next call: after the system's words and at the end, which the
 * next call begins with. Others that keep it do so by themselves.
 */
export function withCaching(
  prompt: readonly LanguageModelV4Message[],
  { speaks, model }: { speaks: Speaks; model: string },
): LanguageModelV4Message[] {
  const mark = marks[speaks]
  // Where many makers are behind one door, only some of their models take the mark.
  if (!mark || (speaks !== 'anthropic' && !/anthropic|amazon\.nova/.test(model))) return [...prompt]
  const lastSystem = prompt.findLastIndex(({ role }) => role === 'system')
  // The next call does not repeat the reminder at the end of this one.
  const lastKept = prompt.findLastIndex(({ providerOptions }) => !providerOptions?.rehearsal?.isReminder)
  const places = new Set([lastSystem, lastKept])
  return prompt.map((message, index) =>
    places.has(index) ? { ...message, providerOptions: { ...message.providerOptions, ...mark } } : message,
  )
}

const marks: Partial<Record<Speaks, NonNullable<LanguageModelV4Message['providerOptions']>>> = {
  anthropic: { anthropic: { cacheControl: { type: 'ephemeral' } } },
  bedrock: { bedrock: { cachePoint: { type: 'default' } } },
  openrouter: { openrouter: { cacheControl: { type: 'ephemeral' } } },
}
