import { shortestRedacted } from '#shared/secrets/can-be-redacted.ts'
import type { Form } from './forms.ts'

export type Named = Form & { readonly name: string }
/** Where in a text a value stands, and whose it is. */
export type Found = { readonly start: number; readonly end: number; readonly names: readonly string[] }

export type Finder = {
  /** Every place of a text that belongs to a value, from left to right; places that overlap are one. */
  find(text: string): Found[]
  /** From where on the text could be the beginning of a value that goes on after its end; its length where nothing could. */
  openFrom(text: string): number
}

const window = shortestRedacted
const base = 0x01000193
const bits = 20

/**
 * One pass over the text with a rolling hash of as many characters as every form has at least; only where a form begins with
 * the same hash is it compared. The work does not grow with the number of values.
 */
export function createFinder(forms: readonly Named[]): Finder {
  const byHash = new Map<number, Named[]>()
  const isKnown = new Uint8Array(1 << bits)
  for (const form of [...forms].sort((a, b) => b.text.length - a.text.length)) {
    const hash = hashAt(form.text)
    const same = byHash.get(hash)
    if (same) same.push(form)
    else byHash.set(hash, [form])
    isKnown[hash >>> (32 - bits)] = 1
  }
  const beginnings = lazily(() => beginningsOf(forms))

  const longestAt = (text: string, start: number, hash: number): Found | undefined => {
    for (const form of byHash.get(hash) ?? []) {
      const end = endOf(form, text, start)
      if (end === cut && text.length - start >= Math.max(shortestHalf, form.text.length / 2)) {
        return { start: beginOf(form, text, start), end: text.length, names: [form.name] }
      }
      if (end > start) return { start: beginOf(form, text, start), end, names: [form.name] }
    }
    return undefined
  }

  const eachHash = (text: string, visit: (start: number, hash: number) => void) => {
    let hash = 0
    // What leaves the window is kept as it came in: read twice, each character would cost twice.
    const inWindow = new Int32Array(window)
    for (let index = 0, slot = 0; index < text.length; index++, slot = slot + 1 === window ? 0 : slot + 1) {
      const code = folded(text.charCodeAt(index))
      hash = (Math.imul((hash - (inWindow[slot] ?? 0)) | 0, base) + code) | 0
      inWindow[slot] = Math.imul(code, highest)
      if (index >= window - 1 && isKnown[hash >>> (32 - bits)] === 1) visit(index - window + 1, hash)
    }
  }

  return {
    find(text) {
      const found: Found[] = []
      eachHash(text, (start, hash) => {
        const next = longestAt(text, start, hash)
        if (next) join(found, next)
      })
      return found
    },
    openFrom(text) {
      let from = text.length
      eachHash(text, (start, hash) => {
        if (start >= from) return
        if ((byHash.get(hash) ?? []).some((form) => mayGoOn(form, text, start))) from = start
      })
      for (let length = Math.min(window - 1, text.length); length > 0; length--) {
        const start = text.length - length
        if (start < from && beginnings().has(foldedText(text.slice(start)))) from = start
      }
      // In base64 the character before may carry some of the value.
      return from > 0 && isBase64(text.charCodeAt(from - 1)) ? from - 1 : from
    },
  }
}

/** Overlapping places become one; what lies within another is not named. */
function join(found: Found[], next: Found): void {
  const last = found.at(-1)
  if (!last || next.start >= last.end) {
    found.push(next)
    return
  }
  if (next.end <= last.end) return
  // The later and longer one that also covers the start of the earlier stands for both.
  const names = next.start <= last.start ? next.names : [...new Set([...last.names, ...next.names])]
  found[found.length - 1] = { start: Math.min(last.start, next.start), end: next.end, names }
}

const cut = -2
/** A text that was shortened may end within a value: half of it is masked like the whole. */
const shortestHalf = 8

function mayGoOn(form: Named, text: string, start: number): boolean {
  const end = compare(form, text, start)
  if (end === cut) return true
  return form.base64 !== null && end > start && tailOf(form, text, end) === text.length
}

function endOf(form: Named, text: string, start: number): number {
  const end = compare(form, text, start)
  return end > start && form.base64 ? tailOf(form, text, end) : end
}

/** Where the form that begins here ends; -1: it does not stand here; `cut`: the text ended first. */
function compare(form: Named, text: string, start: number): number {
  let at = start
  for (let index = 0; index < form.text.length; index++) {
    if (form.base64) at = overLineBreak(text, at)
    if (at >= text.length) return cut
    const wanted = form.text.charCodeAt(index)
    const there = text.charCodeAt(at)
    if (there !== wanted && !(form.ignoresCase && folded(there) === folded(wanted))) return -1
    at++
  }
  return at
}

/** Base64 is broken into lines by many programs; in JSON the break itself is written as an escape. */
function overLineBreak(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) at++
    else if (code === 92 && (text[at + 1] === 'n' || text[at + 1] === 'r')) at += 2
    else return at
  }
  return at
}

function beginOf(form: Named, text: string, start: number): number {
  if (!form.base64?.before || start === 0) return start
  return isBase64(text.charCodeAt(start - 1)) && text[start - 2] !== '\\' ? start - 1 : start
}

function tailOf(form: Named, text: string, end: number): number {
  let at = end
  if (form.base64?.after && at < text.length && isBase64(text.charCodeAt(at))) at++
  while (at < text.length && at < end + 3 && text[at] === '=') at++
  return at
}

function isBase64(code: number): boolean {
  const isLetter = (code | 32) >= 97 && (code | 32) <= 122
  return isLetter || (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 47 || code === 95
}

const highest = power(base, window - 1)

function power(of: number, times: number): number {
  let result = 1
  for (let index = 0; index < times; index++) result = Math.imul(result, of)
  return result
}

function hashAt(text: string): number {
  let hash = 0
  for (let index = 0; index < window; index++) hash = (Math.imul(hash, base) + folded(text.charCodeAt(index))) | 0
  return hash
}

function folded(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code
}

const foldedText = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function beginningsOf(forms: readonly Named[]): Set<string> {
  const all = new Set<string>()
  for (const { text } of forms) {
    for (let length = 1; length < window; length++) all.add(foldedText(text.slice(0, length)))
  }
  return all
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
