import { maxFileChars } from '#shared/chat/limits.ts'
import { imageTypeOf } from '#shared/models/sees-images.ts'

/** What a model is given of a file, and in words what it is not. */
export type Reading = { text: string | null; missing: string | null }

/** Decided by its bytes and not by its name: UTF-8 without control characters is text. `room` is left for its characters. */
export function readAsText(content: Uint8Array, room: number): Reading {
  const text = decode(content)
  if (imageTypeOf(content))
    return { text: null, missing: 'Models that see pictures are given it; others its name only.' }
  if (text === undefined) return { text: null, missing: 'It is no text, so the model is given its name only.' }
  const most = Math.min(maxFileChars, Math.max(0, room))
  if (text.length <= most) return { text, missing: null }
  const words = `Of its ${text.length.toLocaleString('en')} characters the model is given the first ${most.toLocaleString('en')}.`
  return { text: text.slice(0, most).toWellFormed(), missing: words }
}

/** Undefined for what is no text. */
export function decode(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what text does not have.
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
