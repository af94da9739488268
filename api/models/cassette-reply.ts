import { APICallError, type LanguageModelV4GenerateResult, type LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { z } from 'zod'

const record = z.record(z.string(), z.unknown())

const Result = z.custom<LanguageModelV4GenerateResult>(
  (value) => z.looseObject({ content: z.array(record), finishReason: record, usage: record }).safeParse(value).success,
  'This is no answer of a model.',
)
const Part = z.custom<LanguageModelV4StreamPart>(
  (value) => z.looseObject({ type: z.string() }).safeParse(value).success,
  'This is no part of a stream.',
)

/** What came of a call. */
export const Reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), result: Result }),
  z.object({ kind: z.literal('stream'), parts: z.array(Part) }),
  z.object({
    kind: z.literal('failure'),
    message: z.string(),
    /** Of an answer over HTTP. */
    http: z
      .object({ url: z.string(), status: z.int().optional(), body: z.string().optional(), isRetryable: z.boolean() })
      .optional(),
  }),
])
export type Reply = z.infer<typeof Reply>

/** An answer without the raw exchange it came in. */
export function resultReply({ request: _request, response, ...result }: LanguageModelV4GenerateResult): Reply {
  return { kind: 'result', result: { ...result, response: { id: response?.id, modelId: response?.modelId } } }
}

export function streamReply(parts: readonly LanguageModelV4StreamPart[]): Reply {
  return { kind: 'stream', parts: parts.filter((part) => part.type !== 'raw').map(withoutTime) }
}

export function failureReply(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error)
  if (!APICallError.isInstance(error)) return { kind: 'failure', message }
  const { url, statusCode: status, responseBody: body, isRetryable } = error
  return { kind: 'failure', message, http: { url, status, body, isRetryable } }
}

/** The failure as the provider's client throws it. */
export function failureOf({ message, http }: Extract<Reply, { kind: 'failure' }>): Error {
  if (!http) return new Error(message)
  const { url, status: statusCode, body: responseBody, isRetryable } = http
  return new APICallError({ message, url, requestBodyValues: {}, statusCode, responseBody, isRetryable })
}

function withoutTime(part: LanguageModelV4StreamPart): LanguageModelV4StreamPart {
  if (part.type === 'response-metadata') return { ...part, timestamp: undefined }
  if (part.type === 'error' && part.error instanceof Error) return { ...part, error: { message: part.error.message } }
  return part
}
