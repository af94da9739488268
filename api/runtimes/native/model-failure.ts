import { APICallError, EmptyResponseBodyError } from '@ai-sdk/provider'
import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import type { Redactor } from '../../kernel/redact/create-redactor.ts'
import { FetchFailure } from '../../kernel/safe-fetch.ts'
import { redactKeys } from '../../models/cassette-redact.ts'
import { NoAnswer, visible } from '../../models/provider-fetch.ts'

export type Usage = {
  inputTokens: number
  outputTokens: number
  cacheReadTokens?: number | undefined
  cacheWriteTokens?: number | undefined
}

export type FailureKind =
  | 'unconfigured'
  | 'unreachable'
  | 'auth'
  | 'payment'
  | 'rate'
  | 'server'
  | 'refused'
  | 'empty'
  | 'garbled'
  | 'cut'
  | 'timeout'
  | 'too-large'
  | 'other'

type Facts = {
  kind: FailureKind
  /** `not-sent` only where provably nothing left the server; `unknown` is charged as the worst case. */
  billing: Usage | 'unknown' | 'not-sent'
  /** Null where trying again would be in vain. */
  retry: { afterMs: number } | null
}

/** A call that failed: in the provider's own words, with what is known of its price and of trying again. */
export class ModelFailure extends Error {
  readonly kind: FailureKind
  readonly billing: Facts['billing']
  readonly retry: Facts['retry']

  constructor(text: string, { kind, billing, retry, cause }: Facts & { cause?: unknown }) {
    super(text, { cause })
    this.kind = kind
    this.billing = billing
    this.retry = retry
  }
}

const maxChars = 4_000
const soonMs = 1_000
const latestMs = 3_600_000
const soon = { afterMs: soonMs }
const nothingBilled: Usage = { inputTokens: 0, outputTokens: 0 }

/** Whatever was thrown, as a failure in readable words. No key that was sent is in them. */
export function toModelFailure(
  error: unknown,
  name: string,
  { apiKey, redactor }: { apiKey: string | undefined; redactor: Redactor },
): ModelFailure {
  if (error instanceof ModelFailure) return error
  const { text, ...facts } = read(error, name)
  // No cause: it holds the request with its headers.
  return new ModelFailure(withoutKey(redactor.text(text), apiKey).slice(0, maxChars), facts)
}

function read(error: unknown, name: string): Facts & { text: string } {
  for (const one of causesOf(error)) {
    if (one instanceof FetchFailure) return { text: one.message, ...onTheWay(one) }
    if (one instanceof NoAnswer) return { text: one.message, kind: one.kind, billing: 'unknown', retry: null }
    if (one instanceof DOMException && one.name === 'TimeoutError') {
      return { text: `${name} did not finish its answer in time.`, kind: 'timeout', billing: 'unknown', retry: null }
    }
  }
  if (error instanceof AppError) {
    const text = [error.message, error.fix].filter(Boolean).join(' ')
    return { text, kind: 'unconfigured', billing: 'not-sent', retry: null }
  }
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 300) {
    return answered(error, error.statusCode, name)
  }
  if (EmptyResponseBodyError.isInstance(error)) {
    return { text: `${name} answered with nothing in it.`, kind: 'empty', billing: 'unknown', retry: null }
  }
  return inStream(error, name)
}

function onTheWay({ trouble }: FetchFailure): Facts {
  if (trouble === 'not-sent') return { kind: 'unreachable', billing: 'not-sent', retry: soon }
  if (trouble === 'silent') return { kind: 'timeout', billing: 'unknown', retry: soon }
  if (trouble === 'cut') return { kind: 'cut', billing: 'unknown', retry: soon }
  return { kind: 'too-large', billing: 'unknown', retry: null }
}

/** The provider refused by status. A refusal of the request (4xx) is not billed; of a server's trouble nobody knows. */
function answered(error: APICallError, status: number, name: string): Facts & { text: string } {
  const body = error.responseBody ?? ''
  const words = wordsIn(body) || error.message
  const isEmptyPurse = status === 402 || (status === 429 && /insufficient_quota|billing/i.test(body))
  const mayRetry = !isEmptyPurse && (status === 429 || status === 408 || status === 409 || status >= 500)
  return {
    text: `${name} answered ${status}: ${words || 'no words'}`,
    kind: isEmptyPurse ? 'payment' : kindOf(status),
    billing: status < 500 ? nothingBilled : 'unknown',
    retry: mayRetry ? { afterMs: retryAfter(error.responseHeaders ?? {}) } : null,
  }
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'auth'
  if (status === 429) return 'rate'
  if (status === 408) return 'timeout'
  if (status === 413) return 'too-large'
  return status >= 500 ? 'server' : 'refused'
}

/** In milliseconds, seconds or as a date; never longer than an hour. */
function retryAfter(headers: Readonly<Record<string, string>>): number {
  const exact = Number.parseFloat(headers['retry-after-ms'] ?? '')
  const said = headers['retry-after'] ?? ''
  const seconds = /^\d+(\.\d+)?$/.test(said.trim()) ? Number(said) * 1_000 : Date.parse(said) - Date.now()
  const wanted = [exact, seconds].find(Number.isFinite) ?? soonMs
  return Math.round(Math.min(Math.max(wanted, soonMs), latestMs))
}

const Said = z.looseObject({ message: z.string(), type: z.string().nullish(), code: z.unknown().optional() })

/** What came instead of, or in the middle of, an answer. */
function inStream(error: unknown, name: string): Facts & { text: string } {
  const nested = z.looseObject({ error: Said }).safeParse(error).data?.error
  const said = nested ?? Said.safeParse(error).data
  const text =
    said?.message || (typeof error === 'string' ? error : JSON.stringify(error)) || 'It failed without a word.'
  const traits = `${said?.type} ${said?.code} ${text}`
  if (/overloaded/i.test(traits)) return { text: `${name}: ${text}`, kind: 'server', billing: 'unknown', retry: soon }
  if (/rate_limit/i.test(traits)) return { text: `${name}: ${text}`, kind: 'rate', billing: 'unknown', retry: soon }
  if (error instanceof Error && /JSONParse|TypeValidation|InvalidResponse/.test(error.name)) {
    return { text: `${name} sent what is no answer: ${text}`, kind: 'garbled', billing: 'unknown', retry: null }
  }
  return { text: `${name}: ${text}`, kind: 'other', billing: 'unknown', retry: null }
}

function causesOf(error: unknown): unknown[] {
  const found: unknown[] = []
  for (let one = error; one instanceof Error && found.length < 10; one = one.cause) found.push(one)
  return found
}

/** The message of an error in any of the usual forms, else the readable part of whatever was sent. */
function wordsIn(body: string): string {
  const parsed = parseJson(body)
  const said = z.looseObject({ error: Said }).safeParse(parsed).data?.error ?? Said.safeParse(parsed).data
  return said?.message || z.looseObject({ error: z.string() }).safeParse(parsed).data?.error || visible(body)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function withoutKey(text: string, apiKey: string | undefined): string {
  const hidden = '[redacted]'
  const forms = apiKey ? [apiKey, encodeURIComponent(apiKey), Buffer.from(apiKey).toString('base64')] : []
  const bare = forms.reduce((words, form) => words.replaceAll(form, hidden), text)
  return String(redactKeys(bare))
}
