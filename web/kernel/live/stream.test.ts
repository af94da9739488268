import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openStream, type StreamState } from './stream.ts'

/** The browser's end of a stream; the test is all that stands between it and the server. */
class Line extends EventTarget {
  static all: Line[] = []
  isClosed = false
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    Line.all.push(this)
  }
  say(type: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }))
  }
  close() {
    this.isClosed = true
  }
}

const lastLine = () => Line.all.at(-1)

beforeEach(() => {
  Line.all = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Line)
  vi.stubGlobal('fetch', async () => new Response('', { status: 200 }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function listen(after = 7) {
  const states: StreamState[] = []
  const events: number[] = []
  const close = openStream('org', after, {
    onEvent: ({ seq }) => events.push(seq),
    onWords: () => {},
    onAside: () => {},
    onState: (state) => states.push(state),
  })
  return { states, events, close }
}

it('is live at the first word of the server, and not when something accepts it', () => {
  const { states, close } = listen()
  lastLine()?.dispatchEvent(new Event('open'))
  expect(states).toEqual(['connecting'])
  lastLine()?.say('beat', 15_000)
  lastLine()?.say('aside', {})
  expect(states).toEqual(['connecting', 'live'])
  close()
})

it('is opened again where it was accepted and nothing is ever said', async () => {
  const { states, close } = listen()
  lastLine()?.dispatchEvent(new Event('open'))
  await vi.advanceTimersByTimeAsync(11_000)
  expect(states).toEqual(['connecting', 'offline'])
  expect(Line.all.map(({ isClosed }) => isClosed)).toEqual([true, false])
  lastLine()?.say('beat', 15_000)
  expect(states.at(-1)).toBe('live')
  close()
})

it('stays as long as it is heard in time, and is opened again from where it stood when it falls silent', async () => {
  const { states, events, close } = listen()
  const [line] = Line.all
  for (let beat = 0; beat < 4; beat++) {
    line?.say('beat', 15_000)
    await vi.advanceTimersByTimeAsync(34_000)
  }
  line?.say('org', { seq: 8 })
  await vi.advanceTimersByTimeAsync(34_000)
  expect([states, Line.all.length]).toEqual([['connecting', 'live'], 1])
  await vi.advanceTimersByTimeAsync(2_000)
  expect([states.at(-1), line?.isClosed, lastLine()?.url]).toEqual(['offline', true, '/events/org?after=8'])
  expect(events).toEqual([8])
  close()
  expect(lastLine()?.isClosed).toBe(true)
})

it('says nothing more once it was closed', async () => {
  const { states, close } = listen()
  close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([states, Line.all.length]).toEqual([['connecting'], 1])
})
