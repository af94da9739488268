import { hearWords, type Spoken, type WordsFrame, wholeFrame } from '#shared/delegations/words.ts'
import type { Aside, Here } from '#shared/drafts/asides.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { openStream, type StreamState } from './stream.ts'

/** What a page is told. Events come once each, in order, from the position it asked for. */
export type LiveMessage =
  | { kind: 'event'; event: OrgEvent }
  /** What models say right now; for a page that joins late, from the beginning. */
  | { kind: 'words'; frames: readonly WordsFrame[] }
  /** What travels beside the events; a page that joins is told first who is here. */
  | { kind: 'aside'; aside: Aside }
  | { kind: 'state'; state: StreamState }

type Listener = { cursor: number; tell: (message: LiveMessage) => void }
type Feed = {
  close: () => void
  recent: OrgEvent[]
  from: number
  state: StreamState
  listeners: Set<Listener>
  spoken: Map<DelegationId, Spoken>
  here: Map<string, Here>
}

/** Events kept for a page that joins late; beyond them the stream is opened again from where that page stands. */
const keep = 5_000

/** One stream an org for all pages of a browser. */
export function createHub() {
  const feeds = new Map<string, Feed>()

  function join(orgId: string, after: number, tell: Listener['tell']): () => void {
    const listener: Listener = { cursor: after, tell }
    const known = feeds.get(orgId)
    const isUsable = known && known.state !== 'refused' && after >= known.from
    const feed = isUsable ? known : reopen(orgId, after, known)
    feed.listeners.add(listener)
    tell({ kind: 'state', state: feed.state })
    for (const event of feed.recent) pass(listener, event)
    const underWay = [...feed.spoken].map(([delegationId, spoken]) => wholeFrame(delegationId, spoken))
    if (underWay.length > 0) tell({ kind: 'words', frames: underWay })
    tell({ kind: 'aside', aside: { kind: 'present', all: [...feed.here.values()] } })
    return () => {
      feed.listeners.delete(listener)
      if (feed.listeners.size > 0) return
      feed.close()
      if (feeds.get(orgId) === feed) feeds.delete(orgId)
    }
  }

  function reopen(orgId: string, after: number, known: Feed | undefined): Feed {
    known?.close()
    const feed: Feed = known ?? {
      ...{ close: () => {}, recent: [], from: after, state: 'connecting' },
      ...{ listeners: new Set(), spoken: new Map(), here: new Map() },
    }
    feed.recent = []
    feed.from = after
    feed.close = openStream(orgId, after, {
      onEvent: (event) => hear(feed, event),
      onWords: (frames) => hearAll(feed, frames),
      onAside: (aside) => hearAside(feed, aside),
      onState: (state) => {
        feed.state = state
        for (const listener of feed.listeners) listener.tell({ kind: 'state', state })
      },
    })
    feeds.set(orgId, feed)
    return feed
  }

  return { join }
}

function hear(feed: Feed, event: OrgEvent): void {
  feed.recent.push(event)
  if (feed.recent.length > keep) {
    const dropped = feed.recent.splice(0, keep / 2)
    feed.from = dropped.at(-1)?.seq ?? feed.from
  }
  for (const listener of feed.listeners) pass(listener, event)
}

function hearAll(feed: Feed, frames: readonly WordsFrame[]): void {
  for (const frame of frames) {
    const spoken = hearWords(feed.spoken.get(frame.delegationId), frame)
    if (spoken && !spoken.isEnded) feed.spoken.set(frame.delegationId, spoken)
    else feed.spoken.delete(frame.delegationId)
  }
  for (const listener of feed.listeners) listener.tell({ kind: 'words', frames })
}

function hearAside(feed: Feed, aside: Aside): void {
  if (aside.kind === 'present') feed.here = new Map(aside.all.map((here) => [here.id, here]))
  if (aside.kind === 'here') feed.here.set(aside.here.id, aside.here)
  if (aside.kind === 'gone') feed.here.delete(aside.id)
  for (const listener of feed.listeners) listener.tell({ kind: 'aside', aside })
}

function pass(listener: Listener, event: OrgEvent): void {
  if (event.seq <= listener.cursor) return
  listener.cursor = event.seq
  listener.tell({ kind: 'event', event })
}
