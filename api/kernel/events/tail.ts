import { OrgId } from '#shared/kernel/ids.ts'
import type { Db } from '../db.ts'
import { openLastingClient } from './lasting-client.ts'
import { type Frame, pageSize, readFrames, readHeads } from './log.ts'
import { channel } from './notifier.ts'

/** Takes frames in order. It must not throw. */
export type Subscriber = (frames: readonly Frame[]) => void

export type Tail = {
  /**
   * Everything after `after`, once each and in order: first what is in the log already (`take` may make it wait), then live.
   * The answer settles when the subscriber is live or the signal was aborted; the signal ends the subscription.
   */
  follow(orgId: OrgId, after: number, subscriber: Follower, signal: AbortSignal): Promise<void>
  head(orgId: OrgId): Promise<number>
  stop(): Promise<void>
}

export type Follower = { live: Subscriber; take(frames: readonly Frame[]): Promise<void> }

type Feed = { cursor: number; subscribers: Set<Subscriber>; isDirty: boolean; reading: Promise<void> | undefined }

const lookEveryMs = 1_000

/** One reader a node: on a notification, and by a look every second, it reads what is new and hands it to all who follow. */
export function startTail({
  db,
  connectionString,
  onError,
}: {
  db: Db
  connectionString: string
  onError: (error: unknown) => void
}): Tail {
  const feeds = new Map<OrgId, Feed>()

  const read = (orgId: OrgId, feed: Feed) => {
    feed.isDirty = true
    feed.reading ??= readOn(orgId, feed)
      .catch(onError)
      .finally(() => {
        feed.reading = undefined
        // A hint that came between the last read and here.
        if (feed.isDirty && feed.subscribers.size > 0) read(orgId, feed)
      })
  }

  const readOn = async (orgId: OrgId, feed: Feed) => {
    while (feed.isDirty && feed.subscribers.size > 0) {
      feed.isDirty = false
      const frames = await readFrames(db, orgId, feed.cursor)
      const last = frames.at(-1)
      if (!last) continue
      feed.cursor = last.seq
      if (frames.length === pageSize) feed.isDirty = true
      for (const subscriber of feed.subscribers) subscriber(frames)
    }
  }

  const lookAtAll = async () => {
    if (feeds.size === 0) return
    const heads = await readHeads(db, [...feeds.keys()])
    for (const [orgId, feed] of feeds) if ((heads.get(orgId) ?? 0) > feed.cursor) read(orgId, feed)
  }

  const listener = openLastingClient(connectionString, async (client) => {
    client.on('notification', ({ payload }) => {
      for (const id of payload?.split(',') ?? []) {
        const orgId = OrgId.safeParse(id)
        const feed = orgId.success ? feeds.get(orgId.data) : undefined
        if (orgId.success && feed) read(orgId.data, feed)
      }
    })
    await client.query(`listen ${channel}`)
    // What was said while nobody listened.
    lookAtAll().catch(onError)
  })
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= lookAtAll()
      .catch(onError)
      .finally(() => {
        looking = undefined
      })
  }, lookEveryMs)

  /** Joins without a turn of the event loop between the comparison of cursors and the subscription. */
  const join = (orgId: OrgId, cursor: number, live: Subscriber, signal: AbortSignal): boolean => {
    const feed = feeds.get(orgId) ?? { cursor, subscribers: new Set(), isDirty: false, reading: undefined }
    if (feed.cursor > cursor) return false
    const subscriber: Subscriber = (frames) => {
      const isAllNews = (frames[0]?.seq ?? 0) > cursor
      const news = isAllNews ? frames : frames.filter((frame) => frame.seq > cursor)
      if (news.length > 0) live(news)
    }
    feeds.set(orgId, feed)
    feed.subscribers.add(subscriber)
    signal.addEventListener('abort', () => {
      feed.subscribers.delete(subscriber)
      if (feed.subscribers.size === 0 && feeds.get(orgId) === feed) feeds.delete(orgId)
    })
    read(orgId, feed)
    return true
  }

  return {
    async follow(orgId, after, follower, signal) {
      let cursor = after
      while (!signal.aborted) {
        const frames = await readFrames(db, orgId, cursor)
        if (signal.aborted) return
        if (frames.length > 0) await follower.take(frames)
        cursor = frames.at(-1)?.seq ?? cursor
        if (signal.aborted) return
        if (frames.length < pageSize && join(orgId, cursor, follower.live, signal)) return
      }
    },
    async head(orgId) {
      return (await readHeads(db, [orgId])).get(orgId) ?? 0
    },
    async stop() {
      clearInterval(timer)
      await listener.stop()
      await looking
      await Promise.all([...feeds.values()].map((feed) => feed.reading))
    },
  }
}
