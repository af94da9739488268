import { z } from 'zod'
import type { OutputChunk } from '../../sandbox.ts'

export type Over = z.infer<typeof Over>

const Chunk = z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() })
const Over = z.object({
  code: z.int(),
  value: z.string().nullable(),
  error: z.object({ name: z.string(), message: z.string(), stack: z.string() }).nullable(),
})

/** Takes the runner's frames out of what came over the terminal; what is no frame was written past it, as an error. */
export function frameReader(word: string): { read(text: string): OutputChunk[]; over(): Over | null } {
  const start = `\u001e${word}`
  let held = ''
  let over: Over | null = null

  const take = (body: string): OutputChunk[] => {
    const value = parse(body)
    const ended = Over.safeParse(value).data
    if (ended) over = ended
    const chunk = Chunk.safeParse(value).data
    return chunk ? [chunk] : []
  }
  return {
    over: () => over,
    read(text) {
      held += text
      const chunks: OutputChunk[] = []
      for (;;) {
        const at = held.indexOf(start)
        const loose = held.slice(0, at < 0 ? held.length - overlap(held, start) : at)
        if (loose !== '') chunks.push({ stream: 'stderr', text: loose })
        held = held.slice(loose.length)
        const end = at < 0 ? -1 : held.indexOf('\u001f')
        if (end < 0) return chunks
        chunks.push(...take(held.slice(start.length, end)))
        held = held.slice(end + 1)
      }
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
