import { hearWords, type Spoken, type WordsFrame, wholeFrame } from '#shared/delegations/words.ts'
import type { Aside, Here } from '#shared/drafts/asides.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { openStream, type StreamState } from './stream.ts'

/** What a page is told. Events come once each, in order, from the position it asked for; those of one moment in one message. */
export type LiveMessage =
  | { kind: 'events'; events: readonly OrgEvent[] }
  /** What models say right now; for a page that joins late, from the beginning. */
  | { kind: 'words'; frames: readonly WordsFrame[] }
  /** What travels beside the events; a page that joins is told first who is here. */
  | { kind: 'aside'; aside: Aside }
  | { kind: 'state'; state: StreamState }

type Listener = { cursor: number; tell: (message: LiveMessage) => void }
type Feed = {
  close: () => void
  recent: OrgEvent[]
  /** Heard, kept in `recent`, and not told yet. */
  untold: OrgEvent[]
  toldAt: number
  timer: ReturnType<typeof setTimeout> | undefined
  from: number
  state: StreamState
  listeners: Set<Listener>
  spoken: Map<DelegationId, Spoken>
  here: Map<string, Here>
}

/** Events kept for a page that joins late; beyond them the stream is opened again from where that page stands. */
const keep = 5_000

/**
 * Each message costs a page more than the events in it, and nobody reads what changes faster than this. The first after a
 * silence is told at once.
 */
const togetherMs = 48

/** One stream an org for all pages of a browser. */
export function createHub(open: typeof openStream = openStream) {
  const feeds = new Map<string, Feed>()

  function join(orgId: string, after: number, tell: Listener['tell']): () => void {
    const listener: Listener = { cursor: after, tell }
    const known = feeds.get(orgId)
    const isUsable = known && known.state !== 'refused' && after >= known.from
    const feed = isUsable ? known : reopen(orgId, after, known)
    feed.listeners.add(listener)
    tell({ kind: 'state', state: feed.state })
    pass(listener, feed.recent)
    const underWay = [...feed.spoken].map(([delegationId, spoken]) => wholeFrame(delegationId, spoken))
    if (underWay.length > 0) tell({ kind: 'words', frames: underWay })
    tell({ kind: 'aside', aside: { kind: 'present', all: [...feed.here.values()] } })
    return () => {
      feed.listeners.delete(listener)
      if (feed.listeners.size > 0) return
      feed.close()
      clearTimeout(feed.timer)
      if (feeds.get(orgId) === feed) feeds.delete(orgId)
    }
  }

  function reopen(orgId: string, after: number, known: Feed | undefined): Feed {
    known?.close()
    const feed: Feed = known ?? {
      ...{ close: () => {}, recent: [], from: after, state: 'connecting' },
      ...{ untold: [], toldAt: 0, timer: undefined },
      ...{ listeners: new Set(), spoken: new Map(), here: new Map() },
    }
    tellUntold(feed)
    // Others of its pages may stand further back: a stream that was refused told them nothing since.
    const from = Math.min(after, ...[...feed.listeners].map(({ cursor }) => cursor))
    feed.recent = []
    feed.from = from
    feed.spoken.clear()
    feed.here.clear()
    feed.close = open(orgId, from, {
      onEvent: (event) => hear(feed, event),
      onWords: (frames) => hearAll(feed, frames),
      onAside: (aside) => hearAside(feed, aside),
      onState: (state) => {
        feed.state = state
        tellAll(feed, { kind: 'state', state })
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
  feed.untold.push(event)
  feed.timer ??= setTimeout(() => tellUntold(feed), Math.max(0, feed.toldAt + togetherMs - performance.now()))
}

function tellUntold(feed: Feed): void {
  clearTimeout(feed.timer)
  feed.timer = undefined
  const events = feed.untold
  if (events.length === 0) return
  feed.untold = []
  feed.toldAt = performance.now()
  for (const listener of feed.listeners) pass(listener, events)
}

/** Nothing overtakes the events that came before it. */
function tellAll(feed: Feed, message: LiveMessage): void {
  tellUntold(feed)
  for (const listener of feed.listeners) listener.tell(message)
}

function hearAll(feed: Feed, frames: readonly WordsFrame[]): void {
  for (const frame of frames) {
    const spoken = hearWords(feed.spoken.get(frame.delegationId), frame)
    if (spoken && !spoken.isEnded) feed.spoken.set(frame.delegationId, spoken)
    else feed.spoken.delete(frame.delegationId)
  }
  tellAll(feed, { kind: 'words', frames })
}

function hearAside(feed: Feed, aside: Aside): void {
  if (aside.kind === 'present') feed.here = new Map(aside.all.map((here) => [here.id, here]))
  if (aside.kind === 'here') feed.here.set(aside.here.id, aside.here)
  if (aside.kind === 'gone') feed.here.delete(aside.id)
  tellAll(feed, { kind: 'aside', aside })
}

function pass(listener: Listener, events: readonly OrgEvent[]): void {
  const news = events.filter(({ seq }) => seq > listener.cursor)
  const last = news.at(-1)
  if (!last) return
  listener.cursor = last.seq
  listener.tell({ kind: 'events', events: news })
}
