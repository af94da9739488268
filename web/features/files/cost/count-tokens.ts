import TokensWorker from './tokens.worker.ts?worker'

type Answer = { id: number; tokens: number }

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, (tokens: number | undefined) => void>()

/** How many tokens OpenAI's newer models read in a text, counted beside the page; undefined where it cannot be counted. */
export function countTokens(text: string): Promise<number | undefined> {
  worker ??= start()
  lastId += 1
  const id = lastId
  const asked = worker
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    asked.postMessage({ id, text })
  })
}

/** Kept for the life of the page: its tables take longer to load than all counting. */
function start(): Worker {
  const made = new TokensWorker()
  made.onmessage = ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data.tokens)
    waiting.delete(data.id)
  }
  made.onerror = () => {
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
    worker = undefined
  }
  return made
}
