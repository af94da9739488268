import type { WordsFrame } from '#shared/delegations/words.ts'
import type { Aside } from '#shared/drafts/asides.ts'
import type { OrgEvent } from '#shared/org-event.ts'

/** `refused`: the server answered, but this person may not listen (signed out, or no member any more). */
export type StreamState = 'connecting' | 'live' | 'offline' | 'refused'

export type StreamHearing = {
  onEvent: (event: OrgEvent) => void
  onWords: (frames: readonly WordsFrame[]) => void
  onAside: (aside: Aside) => void
  onState: (state: StreamState) => void
}

const firstRetryMs = 250
const lastRetryMs = 5_000

/** Keeps one event stream open from `after` on, through lost connections, until it is closed. */
export function openStream(
  orgId: string,
  after: number,
  { onEvent, onWords, onAside, onState }: StreamHearing,
): () => void {
  let cursor = after
  let retryMs = firstRetryMs
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  function open() {
    source = new EventSource(url(orgId, cursor))
    source.addEventListener('open', () => {
      retryMs = firstRetryMs
      onState('live')
    })
    source.addEventListener('org', (message: MessageEvent<string>) => {
      const event: OrgEvent = JSON.parse(message.data)
      if (event.seq <= cursor) return
      cursor = event.seq
      onEvent(event)
    })
    source.addEventListener('words', (message: MessageEvent<string>) => onWords(JSON.parse(message.data)))
    source.addEventListener('aside', (message: MessageEvent<string>) => onAside(JSON.parse(message.data)))
    source.addEventListener('error', () => {
      source?.close()
      onState('offline')
      timer = setTimeout(() => void retry(), retryMs)
      retryMs = Math.min(retryMs * 2, lastRetryMs)
    })
  }

  // EventSource hides the status of a refusal; one plain request tells "no" from "not there".
  async function retry() {
    const status = await statusOf(orgId, cursor)
    if (isClosed) return
    if (status === 401 || status === 404) return onState('refused')
    open()
  }

  onState('connecting')
  open()
  return () => {
    isClosed = true
    clearTimeout(timer)
    source?.close()
  }
}

async function statusOf(orgId: string, cursor: number): Promise<number | undefined> {
  const abort = new AbortController()
  try {
    const answer = await fetch(url(orgId, cursor), { signal: abort.signal, headers: { accept: 'text/event-stream' } })
    return answer.status
  } catch {
    return undefined
  } finally {
    abort.abort()
  }
}

function url(orgId: string, cursor: number): string {
  return `/events/${orgId}?after=${cursor}`
}
