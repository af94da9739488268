import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Connection } from './connections.ts'
import { fetchOf } from './provider-fetch.ts'
import { rehearsalModel } from './rehearsal/rehearsal-model.ts'

/** Is this model's part played by the rehearsal model? An org with the rehearsal switch on plays every part. */
export function isRehearsed(model: string, orgRehearses: boolean): boolean {
  return orgRehearses || model === 'rehearsal' || model.startsWith('rehearsal:')
}

/** The model over the wire. It tries nothing again by itself: each attempt is recorded and paid. */
export function connect(model: string, connection: Connection, idleMs: number): LanguageModelV4 {
  const id = model.slice(model.indexOf(':') + 1)
  const { speaks, name, baseUrl: baseURL } = connection
  const fetch = fetchOf(connection, idleMs)
  const apiKey = connection.apiKey ?? ''
  if (speaks === 'anthropic') return createAnthropic({ baseURL, apiKey, fetch })(id)
  // Not the Responses API: that one wants its own items back, and the journal keeps only words and calls.
  if (speaks === 'openai') return createOpenAI({ baseURL, apiKey, fetch }).chat(id)
  const key = apiKey === '' ? {} : { apiKey }
  return createOpenAICompatible({ name, baseURL, ...key, fetch, includeUsage: true }).chatModel(id)
}

/** The one that plays every part where no provider is asked. */
export const rehearsing: LanguageModelV4 = rehearsalModel
