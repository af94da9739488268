import type { PreviewPage } from '../sandbox.ts'
import type { Answered, Asked } from './inside/node/http.ts'
import type { Question } from './inside/node/serving.ts'
import { type CurrentRun, startClock } from './runs.ts'
import type { Servers } from './servers.ts'

export type PreviewLink = {
  listening(port: number, isOpen: boolean): void
  answered(id: number, answer: Answered): void
}

type Given = {
  readonly run: CurrentRun
  readonly servers: Servers
  /** The empty page that a preview is drawn in. */
  readonly url: string
  readonly stopClock: () => void
}

const largestBody = 10_000_000

/** Joins previews in the page to the servers of one run: what they ask goes by one port, and what comes back to who asked. */
export function linkPreview(questions: MessagePort, { run, servers, url, stopClock }: Given): PreviewLink {
  const waiting = new Map<number, (answer: Answered) => void>()
  const pages = new Set<MessagePort>()
  const open = new Set<number>()
  let asks = 0
  let stop = stopClock
  run.onEnd(() => {
    servers.clear()
    questions.close()
    for (const page of pages) page.close()
  })

  /** A server has all the time in the world; each of its answers has as much as a run. */
  function ask(port: number, asked: Asked): Promise<Answered> {
    asks += 1
    const id = asks
    const { promise, resolve } = Promise.withResolvers<Answered>()
    const stopThis = startClock(run)
    waiting.set(id, (answer) => {
      stopThis()
      resolve(answer)
    })
    questions.postMessage({ id, port, asked } satisfies Question)
    return promise
  }

  function connect(port: number, page: PreviewPage): () => void {
    const { port1: mine, port2: theirs } = new MessageChannel()
    pages.add(mine)
    mine.onmessage = ({ data }: MessageEvent<unknown>) => {
      const heard = readAsked(data)
      if (heard) void ask(port, heard.asked).then((answered) => mine.postMessage({ id: heard.id, answered }))
    }
    // The frame has no origin of its own to be named; only its own window gets this.
    page.postMessage({ type: 'connect', port }, '*', [theirs])
    return () => {
      pages.delete(mine)
      mine.close()
    }
  }

  return {
    listening(port, isOpen) {
      if (isOpen) {
        stop()
        open.add(port)
        servers.add({ port, url, isOfRun: true, connect: (page) => connect(port, page) })
        return
      }
      servers.remove(port)
      if (open.delete(port) && open.size === 0) stop = startClock(run)
    },
    answered(id, answer) {
      const tell = waiting.get(id)
      waiting.delete(id)
      tell?.(answer.body.length > largestBody ? tooLarge : answer)
    },
  }
}

const tooLarge: Answered = {
  status: 502,
  statusText: '',
  headers: [['content-type', 'text/plain; charset=utf-8']],
  body: new TextEncoder().encode('The answer is larger than a preview takes.'),
}

/** The page in the frame runs code that is not ours, so what it asks is read as such. */
function readAsked(data: unknown): { id: number; asked: Asked } | null {
  if (typeof data !== 'object' || data === null || !('id' in data) || !('asked' in data)) return null
  const { id, asked } = data
  if (typeof id !== 'number' || typeof asked !== 'object' || asked === null) return null
  if (!('url' in asked) || !('method' in asked)) return null
  const url = URL.parse(String(asked.url))
  if (url === null) return null
  const pairs: unknown[] = 'headers' in asked && Array.isArray(asked.headers) ? asked.headers : []
  const headers = pairs.flatMap((pair): [string, string][] =>
    Array.isArray(pair) ? [[`${pair[0]}`, `${pair[1]}`]] : [],
  )
  const body = 'body' in asked && asked.body instanceof Uint8Array ? asked.body : new Uint8Array()
  return { id, asked: { method: String(asked.method).toUpperCase(), url: url.href, headers, body } }
}
