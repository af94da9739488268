import { z } from 'zod'
import type { OutputChunk } from '../../sandbox.ts'

export type Over = z.infer<typeof Over>

const Chunk = z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() })
const Listening = z.object({ listening: z.int() })
const Over = z.object({
  code: z.int(),
  value: z.string().nullable(),
  error: z.object({ name: z.string(), message: z.string(), stack: z.string() }).nullable(),
})

type FrameReader = {
  read(text: string): OutputChunk[]
  /** Where the program said so far that it listens. */
  ports(): ReadonlySet<number>
  over(): Over | null
}

/** Takes the runner's frames out of what came over the terminal; what is no frame was written past it, as an error. */
export function frameReader(word: string): FrameReader {
  const start = `\u001e${word}`
  let held = ''
  let over: Over | null = null
  const ports = new Set<number>()

  const take = (body: string): OutputChunk[] => {
    const value = parse(body)
    const ended = Over.safeParse(value).data
    if (ended) over = ended
    const open = Listening.safeParse(value).data
    if (open) ports.add(open.listening)
    const chunk = Chunk.safeParse(value).data
    return chunk ? [chunk] : []
  }
  return {
    over: () => over,
    ports: () => ports,
    read(text) {
      const all = held + text
      const chunks: OutputChunk[] = []
      let from = 0
      for (;;) {
        const at = all.indexOf(start, from)
        const upTo = at < 0 ? all.length - overlap(all.slice(-start.length), start) : at
        if (upTo > from) chunks.push({ stream: 'stderr', text: all.slice(from, upTo) })
        from = Math.max(from, upTo)
        const end = at < 0 ? -1 : all.indexOf('\u001f', at)
        if (end < 0) break
        chunks.push(...take(all.slice(at + start.length, end)))
        from = end + 1
      }
      held = all.slice(from)
      return chunks
    },
  }
}

/** How much of the end could be the beginning of a frame. */
function overlap(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length
  }
  return 0
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
