import type { LanguageModelV4 } from '@ai-sdk/provider'
import { resolveModel } from '#shared/models/resolve-model.ts'
import type { Connection } from './connections.ts'
import { fetchOf } from './provider-fetch.ts'
import { rehearsalModel } from './rehearsal/rehearsal-model.ts'

/** Is this model's part played by the rehearsal model? An org with the rehearsal switch on plays every part. */
export function isRehearsed(model: string, orgRehearses: boolean): boolean {
  return orgRehearses || model === 'rehearsal' || model.startsWith('rehearsal:')
}

/**
 * The model over the wire. It tries nothing again by itself: each attempt is recorded and paid. What speaks its provider's
 * format is loaded when the first such model is called.
 */
export async function connect(model: string, connection: Connection, idleMs: number): Promise<LanguageModelV4> {
  const full = resolveModel(model)
  const id = full.slice(full.indexOf(':') + 1)
  const { speaks, name, baseUrl: baseURL } = connection
  const fetch = fetchOf(connection, idleMs)
  const apiKey = connection.apiKey ?? ''
  const said = { baseURL, apiKey, fetch }
  const key = apiKey === '' ? {} : { apiKey }
  switch (speaks) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic(said)(id)
    case 'openai':
      // Not the Responses API: that one wants its own items back, and the journal keeps only words and calls.
      return (await import('@ai-sdk/openai')).createOpenAI(said).chat(id)
    case 'google':
      return (await import('@ai-sdk/google')).createGoogle(said)(id)
    case 'mistral':
      return (await import('@ai-sdk/mistral')).createMistral(said)(id)
    case 'groq':
      return (await import('@ai-sdk/groq')).createGroq(said)(id)
    case 'bedrock':
      // Said in full either way: what is left out would be taken from the server's own environment.
      return (await import('@ai-sdk/amazon-bedrock')).createAmazonBedrock({ ...said, ...signedBy(connection) })(id)
    case 'openrouter':
      return (await import('@openrouter/ai-sdk-provider'))
        .createOpenRouter({ ...said, compatibility: 'strict' })
        .chat(id)
    case 'ollama':
      return (await import('ollama-ai-provider-v2')).createOllama({
        baseURL,
        fetch,
        ...(apiKey !== '' && { headers: { authorization: `Bearer ${apiKey}` } }),
      })(id)
    case 'openai-compatible':
      return (await import('@ai-sdk/openai-compatible'))
        .createOpenAICompatible({ name, baseURL, ...key, fetch, includeUsage: true })
        .chatModel(id)
    default:
      return speaks satisfies never
  }
}

/** What AWS's requests are signed with, where no key of Bedrock's own is sent. */
function signedBy({ signing }: Connection) {
  if (!signing) return { region: 'us-east-1' }
  const { region, accessKeyId, secretAccessKey, sessionToken } = signing
  return { region, accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
}

/** The one that plays every part where no provider is asked. */
export const rehearsing: LanguageModelV4 = rehearsalModel
