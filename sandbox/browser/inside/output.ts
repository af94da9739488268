import type { WorkerMessage } from './protocol.ts'

export type Output = {
  write(stream: 'stdout' | 'stderr', text: string): void
  flush(): void
  onLimit: () => void
}

export type Clockwork = {
  readonly now: () => number
  /** The scope's own timer, whatever user code made of it. */
  readonly soon: (call: () => void) => void
  readonly encode: (text: string) => Uint8Array
}

/**
 * Gathers text so that a flood costs the page few messages; the first words of a quiet program go out at once. Shipped as
 * text.
 */
export function createOutput(
  { now, soon, encode }: Clockwork,
  send: (message: WorkerMessage) => void,
  limit: number,
  isOver: () => boolean,
): Output {
  let left = limit
  let stream: 'stdout' | 'stderr' = 'stdout'
  let held = ''
  let sentAt = -1000
  let isFlushDue = false

  const flush = () => {
    if (held === '') return
    const text = held
    held = ''
    sentAt = now()
    send({ type: 'output', stream, text })
  }
  const output: Output = {
    onLimit: () => undefined,
    flush,
    write(to, text) {
      if (isOver()) return
      if (to !== stream) flush()
      stream = to
      const fits = cut(text, left)
      left -= fits.bytes
      held += fits.text
      if (fits.isCut) {
        flush()
        output.onLimit()
        return
      }
      if (held.length > 16_384 || now() - sentAt > 16) flush()
      else if (!isFlushDue) {
        isFlushDue = true
        soon(() => {
          isFlushDue = false
          if (!isOver()) flush()
        })
      }
    },
  }
  return output

  /** As much of the text as fits into so many bytes; a character is never torn. */
  function cut(text: string, bytes: number): { text: string; bytes: number; isCut: boolean } {
    const head = text.length > bytes ? text.slice(0, bytes) : text
    const encoded = encode(head)
    if (encoded.length <= bytes) return { text: head, bytes: encoded.length, isCut: head.length < text.length }
    const whole = new TextDecoder().decode(encoded.subarray(0, bytes)).replace(/\uFFFD+$/, '')
    return { text: whole, bytes, isCut: true }
  }
}
