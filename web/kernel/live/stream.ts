import type { WordsFrame } from '#shared/delegations/words.ts'
import type { Aside } from '#shared/drafts/asides.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { createPulse } from './pulse.ts'

/** `live`: the server itself spoke, and not long ago. `refused`: the server answered, but this person may not listen (signed out, or no member any more). */
export type StreamState = 'connecting' | 'live' | 'offline' | 'refused'

export type StreamHearing = {
  onEvent: (event: OrgEvent) => void
  onWords: (frames: readonly WordsFrame[]) => void
  onAside: (aside: Aside) => void
  onState: (state: StreamState) => void
}

const firstRetryMs = 250
const lastRetryMs = 5_000
const answerMs = 10_000

/** Keeps one event stream open from `after` on, through lost connections, until it is closed. */
export function openStream(
  orgId: string,
  after: number,
  { onEvent, onWords, onAside, onState }: StreamHearing,
): () => void {
  let cursor = after
  let retryMs = firstRetryMs
  let source: EventSource | undefined
  let pulse: ReturnType<typeof createPulse> | undefined
  let isLive = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  function open() {
    source = new EventSource(url(orgId, cursor))
    pulse = createPulse(lose)
    // That it is open says only that something accepted it, which may be a proxy.
    source.addEventListener('beat', (message: MessageEvent<string>) => {
      hear()
      pulse?.expect(Number(message.data))
    })
    source.addEventListener('org', (message: MessageEvent<string>) => {
      hear()
      const event: OrgEvent = JSON.parse(message.data)
      if (event.seq <= cursor) return
      cursor = event.seq
      onEvent(event)
    })
    source.addEventListener('words', (message: MessageEvent<string>) => {
      hear()
      onWords(JSON.parse(message.data))
    })
    source.addEventListener('aside', (message: MessageEvent<string>) => {
      hear()
      onAside(JSON.parse(message.data))
    })
    source.addEventListener('error', lose)
  }

  function hear() {
    pulse?.hear()
    if (isLive) return
    isLive = true
    retryMs = firstRetryMs
    onState('live')
  }

  function lose() {
    end()
    onState('offline')
    timer = setTimeout(() => void retry(), retryMs)
    retryMs = Math.min(retryMs * 2, lastRetryMs)
  }

  function end() {
    isLive = false
    clearTimeout(timer)
    pulse?.end()
    source?.close()
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
    end()
  }
}

async function statusOf(orgId: string, cursor: number): Promise<number | undefined> {
  const abort = new AbortController()
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(answerMs)])
  try {
    const answer = await fetch(url(orgId, cursor), { signal, headers: { accept: 'text/event-stream' } })
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
