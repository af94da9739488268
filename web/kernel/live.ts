import type { WordsFrame } from '#shared/delegations/words.ts'
import type { Aside } from '#shared/drafts/asides.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { createHub, type LiveMessage } from './live/hub.ts'
import type { JoinRequest } from './live/protocol.ts'
import type { StreamState } from './live/stream.ts'

export type { StreamState }

export type LiveListener = {
  orgId: string
  /** Sequence number the page's snapshots are true at: the first event told is the next one. */
  after: number
  onEvent: (event: OrgEvent) => void
  /** What models say right now, unrecorded; pieces may be missing (see shared/delegations/words.ts). */
  onWords: (frames: readonly WordsFrame[]) => void
  /** What travels beside the events; it may be missing (see shared/drafts/asides.ts). */
  onAside: (aside: Aside) => void
  onState: (state: StreamState) => void
}

/** Listens to an org from a position: each event once, in order. One stream serves all tabs. Returns the end of it. */
export function openLive(listener: LiveListener): () => void {
  const hear = (message: LiveMessage) => {
    if (message.kind === 'events') for (const event of message.events) listener.onEvent(event)
    else if (message.kind === 'words') listener.onWords(message.frames)
    else if (message.kind === 'aside') listener.onAside(message.aside)
    else listener.onState(message.state)
  }
  if (typeof SharedWorker === 'undefined') return createHub().join(listener.orgId, listener.after, hear)
  return joinShared(listener, hear)
}

function joinShared({ orgId, after }: LiveListener, hear: (message: LiveMessage) => void): () => void {
  const worker = new SharedWorker(new URL('./live/shared-worker.ts', import.meta.url), {
    type: 'module',
    name: 'delegraph-live',
  })
  const { port } = worker
  const lock = `delegraph-live-${crypto.randomUUID()}`
  const life = new AbortController()
  const onMessage = (message: MessageEvent<string>) => hear(JSON.parse(message.data))
  port.addEventListener('message', onMessage, { signal: life.signal })
  port.start()

  const send = (request: JoinRequest) => port.postMessage(request)
  const join = () => send({ kind: 'join', orgId, after, lock })
  if (navigator.locks) {
    void navigator.locks.request(lock, () => {
      if (life.signal.aborted) return
      join()
      return new Promise<void>((release) => life.signal.addEventListener('abort', () => release(), { once: true }))
    })
  } else {
    join()
  }
  return () => {
    life.abort()
    send({ kind: 'leave' })
  }
}
