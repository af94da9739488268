import type { Speaks } from '#shared/secrets/services.ts'
import { FetchFailure, safeFetch } from '../kernel/safe-fetch.ts'
import type { Connection } from './connections.ts'

/** An answer that came with success and is none: empty, a web page, or bytes that are no text. */
export class NoAnswer extends Error {
  readonly kind: 'empty' | 'garbled'

  constructor(kind: 'empty' | 'garbled', message: string) {
    super(message)
    this.kind = kind
  }
}

/** How a provider streams where it is not by server-sent events. */
const formats: Partial<Record<Speaks, { stream: string; isText: boolean }>> = {
  bedrock: { stream: 'application/vnd.amazon.eventstream', isText: false },
  ollama: { stream: 'application/x-ndjson', isText: true },
}
const usualFormat = { stream: 'text/event-stream', isText: true }

const maxBytes = 10_000_000
const shownChars = 2_000

const patienceMs = 60_000
const ownPatienceMs = 300_000

/** So long may it say nothing. A machine of the operator's own may have to load the model before its first word. */
export function patienceFor({ isAllowed }: Pick<Connection, 'isAllowed'>): number {
  return isAllowed ? ownPatienceMs : patienceMs
}

/** The way to one provider: only there, and only a stream in its own format counts as an answer. */
export function fetchOf({ name, speaks, isAllowed }: Connection, idleMs: number): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const { method, body, signal } = init ?? {}
    if (typeof body !== 'string') throw new FetchFailure('not-sent', 'Only text is sent to a provider.')
    const headers = new Headers(init?.headers)
    const said = { method, headers, body, signal: signal ?? undefined }
    const response = await safeFetch(url, said, { mayReachPrivate: isAllowed, idleMs, maxBytes })
    if (response.status >= 300) return response
    const type = response.headers.get('content-type') ?? ''
    const { stream, isText } = formats[speaks] ?? usualFormat
    if (type.includes(stream) && response.body) {
      return isText ? new Response(ReadableStream.from(onlyText(response.body, name)), response) : response
    }
    const text = visible(await response.text())
    if (text === '') throw new NoAnswer('empty', `${name} answered ${response.status} with nothing in it.`)
    throw new NoAnswer(
      'garbled',
      `${name} answered ${response.status} with ${type || 'no type'} instead of a stream: ${text}`,
    )
  }
}

/** The words of a page or a plain answer, without its markup. */
export function visible(body: string): string {
  if (!/<\/?[a-z][^>]*>/i.test(body)) return body.trim().slice(0, shownChars)
  const text = body.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
  return text.replace(/\s+/g, ' ').trim().slice(0, shownChars)
}

async function* onlyText(body: ReadableStream<Uint8Array>, name: string) {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of body) {
    try {
      decoder.decode(chunk, { stream: true })
    } catch {
      throw new NoAnswer('garbled', `${name} sent bytes that are no valid UTF-8 text.`)
    }
    yield chunk
  }
}
