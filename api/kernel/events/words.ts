import { z } from 'zod'
import type { WordsFrame } from '#shared/delegations/words.ts'
import { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import type { Db } from '../pool.ts'
import { openLastingClient } from './lasting-client.ts'
import { createHeard } from './words-heard.ts'
import { type Piece, pack } from './words-pack.ts'

export type Words = {
  /** What models of the org say, as bytes of its stream: the answers under way from their beginning, then each piece as it comes. */
  follow(orgId: OrgId, hear: (bytes: Buffer) => void, signal: AbortSignal): void
  stop(): Promise<void>
}

const channel = 'delegraph_words'
/** At most twenty pieces of one answer a second. */
const coalesceMs = 50
/** What may wait while the database is away; words beyond that are not shown live. */
const mostWaiting = 400_000

const Frame = z.object({
  delegationId: DelegationId,
  step: z.int().nonnegative(),
  attempt: z.int().positive(),
  at: z.int().nonnegative(),
  text: z.string(),
  isEnd: z.literal(true).optional(),
})
const Payload = z.array(z.tuple([OrgId, Frame]))

const speakers = new WeakMap<Db, (orgId: OrgId, frame: WordsFrame) => void>()

/** Tells all nodes what a model says, masked by who calls this. A hint that may be lost: nothing depends on it. */
export function speak(db: Db, orgId: OrgId, frame: WordsFrame): void {
  speakers.get(db)?.(orgId, frame)
}

/**
 * Words of models from the node that calls them to all who look, whatever node they are at. They go as NOTIFY and never
 * through a table: all calls of a node in one round trip, the first at once and the rest every 50 ms.
 */
export function openWords(db: Db, connectionString: string): Words {
  const waiting = new Map<string, Piece>()
  const listeners = new Map<OrgId, Set<(bytes: Buffer) => void>>()
  const heard = createHeard()
  let size = 0
  let timer: NodeJS.Timeout | undefined

  const client = openLastingClient(connectionString, async (connected) => {
    // What was said while nobody listened is missing, so what was heard before is of no use.
    heard.clear()
    connected.on('notification', ({ payload }) => hear(payload ?? ''))
    await connected.query(`listen ${channel}`)
  })

  const hear = (payload: string) => {
    const pieces = Payload.safeParse(parseJson(payload)).data ?? []
    for (const [orgId, frames] of Map.groupBy(pieces, ([org]) => org)) {
      const told = frames.map(([, frame]) => frame)
      for (const frame of told) heard.hear(orgId, frame)
      const here = listeners.get(orgId)
      if (!here) continue
      const bytes = toBytes(told)
      for (const listener of here) listener(bytes)
    }
  }

  const send = () => {
    timer = undefined
    if (waiting.size === 0) return
    timer = setTimeout(send, coalesceMs)
    const connection = client.current()
    if (!connection) return
    const payloads = pack([...waiting.values()])
    waiting.clear()
    size = 0
    connection.query('select pg_notify($1, one) from unnest($2::text[]) one', [channel, payloads]).catch(() => {})
  }

  speakers.set(db, (orgId, frame) => {
    const key = `${frame.delegationId}/${frame.step}/${frame.attempt}`
    const [, before] = waiting.get(key) ?? []
    if (size + frame.text.length > mostWaiting) return
    size += frame.text.length
    const joins = before && before.at + before.text.length === frame.at
    if (before && !joins) return
    waiting.set(key, [orgId, before ? { ...frame, at: before.at, text: before.text + frame.text } : frame])
    if (!timer) send()
  })

  return {
    follow(orgId, listener, signal) {
      const here = listeners.get(orgId) ?? new Set()
      listeners.set(orgId, here.add(listener))
      const underWay = heard.of(orgId)
      if (underWay.length > 0) listener(toBytes(underWay))
      signal.addEventListener('abort', () => {
        here.delete(listener)
        if (here.size === 0 && listeners.get(orgId) === here) listeners.delete(orgId)
      })
    },
    async stop() {
      speakers.delete(db)
      clearTimeout(timer)
      await client.stop()
    },
  }
}

/** Without an id: where the listener stands in the log stays as it is. */
function toBytes(frames: readonly WordsFrame[]): Buffer {
  return Buffer.from(`event: words\ndata: ${JSON.stringify(frames)}\n\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
