import { get } from 'node:http'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { WordsFrame } from '#shared/delegations/words.ts'
import type { Aside } from '#shared/drafts/asides.ts'

export type StreamedEvent = { seq: number; [field: string]: unknown }

export type StreamClient = {
  /** Settles with the status of the answer. */
  opened: Promise<number>
  /** The next event, or undefined when the stream ended or nothing came within the time. */
  next(withinMs?: number): Promise<StreamedEvent | undefined>
  /** The sequence numbers of the next events. */
  take(count: number): Promise<number[]>
  /** What was heard of words besides events, in its order. */
  words: readonly WordsFrame[]
  /** What was heard beside events, in its order. */
  asides: readonly Aside[]
  /** After how many milliseconds of silence the server says it would speak again, each time it said so. */
  beats: readonly number[]
  kill(): void
}

/** A reader of server-sent events that can be killed at any point, as a browser tab can. */
export function openStreamClient(url: string, headers: Record<string, string>, after?: number): StreamClient {
  const waiting: StreamedEvent[] = []
  const words: WordsFrame[] = []
  const asides: Aside[] = []
  const beats: number[] = []
  const { promise: opened, resolve: open } = Promise.withResolvers<number>()
  let hasEnded = false
  let tellMore = () => {}
  const wake = () => tellMore()
  const end = () => {
    hasEnded = true
    open(0)
    wake()
  }

  const lastId = after === undefined ? {} : { 'last-event-id': String(after) }
  const request = get(url, { headers: { ...headers, ...lastId }, agent: false }, (response) => {
    open(response.statusCode ?? 0)
    response.on('close', end).on('error', end)
    let id = 0
    let type = ''
    createInterface(response)
      .on('line', (line) => {
        if (line.startsWith('id: ')) id = Number(line.slice(4))
        if (line.startsWith('event: ')) type = line.slice(7)
        if (!line.startsWith('data: ')) return
        if (type === 'words') return void words.push(...JSON.parse(line.slice(6)))
        if (type === 'beat') return void beats.push(Number(line.slice(6)))
        if (type === 'aside') return void asides.push(JSON.parse(line.slice(6)))
        // What passes by beside the log, e.g. who is here, has no number.
        if (type !== 'org') return
        const event: StreamedEvent = JSON.parse(line.slice(6))
        if (event.seq !== id) throw new Error(`event ${event.seq} came under the id ${id}`)
        waiting.push(event)
        wake()
      })
      .on('error', end)
  })
  request.on('error', end)

  const next = async (withinMs = 5_000): Promise<StreamedEvent | undefined> => {
    if (waiting.length === 0 && !hasEnded) {
      const timeUp = new AbortController()
      const more = new Promise<void>((resolve) => {
        tellMore = resolve
      })
      await Promise.race([more, pause(withinMs, undefined, { signal: timeUp.signal }).catch(() => {})])
      timeUp.abort()
    }
    return waiting.shift()
  }

  return {
    opened,
    words,
    asides,
    beats,
    next,
    async take(count) {
      const seen: number[] = []
      while (seen.length < count) {
        const event = await next()
        if (!event) break
        seen.push(event.seq)
      }
      return seen
    },
    kill: () => void request.destroy(),
  }
}
