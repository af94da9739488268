import { canBeRedacted } from '#shared/secrets/can-be-redacted.ts'
import { createFinder, type Finder, type Found } from './finder.ts'
import { formsOf } from './forms.ts'
import { partsOf } from './parts.ts'

export type SecretValue = { readonly name: string; readonly value: string }

/** Masks known values as `[secret NAME]`, in every spelling of forms.ts. Never by what a text looks like. */
export type Redactor = {
  /** Nothing to look for: all that follows gives back what it was given. */
  readonly isEmpty: boolean
  text(text: string): string
  /** Every text and key within; a value that was split over neighbouring texts too. What holds none is given back as it is. */
  json<T>(value: T): T
  /** A text that is JSON (or starts like it) stays JSON. */
  written(text: string): string
  stream(): RedactingStream
  /** Is this value one it masks, or one that is never masked? */
  knows(value: string): boolean
}

/** `push` gives what can be told already; it keeps back only what could be the beginning of a value. `end` gives the rest. */
export type RedactingStream = { push(chunk: string): string; end(): string }

export const maskOf = (name: string) => `[secret ${name}]`

/** Values that turn up by chance as well (see can-be-redacted.ts) are left out. */
export function createRedactor(values: readonly SecretValue[]): Redactor {
  const forms = values.flatMap(({ name, value }) =>
    partsOf(value).flatMap((part) => formsOf(part).map((form) => ({ ...form, name }))),
  )
  if (forms.length === 0) return nothingToRedact
  const known = new Set(values.map(({ value }) => value))
  const marks = createMarks(values)
  const finder = createFinder(forms)
  const find = (text: string) => (isOurs(text) ? [] : finder.find(text).filter((found) => !marks.cover(text, found)))
  const redactor: Redactor = {
    isEmpty: false,
    text: (text) => masked(text, find(text)),
    json: (value) => maskTexts(value, find, redactor.written),
    written: (text) => maskWritten(text, find, redactor.json),
    stream: () => createStream(finder, find),
    knows: (value) => known.has(value) || !canBeRedacted(value),
  }
  return redactor
}

export const nothingToRedact: Redactor = {
  isEmpty: true,
  text: (text) => text,
  json: (value) => value,
  written: (text) => text,
  stream: () => ({ push: (chunk) => chunk, end: () => '' }),
  knows: (value) => !canBeRedacted(value),
}

function masked(text: string, found: readonly Found[]): string {
  if (found.length === 0) return text
  let result = ''
  let told = 0
  for (const { start, end, names } of found) {
    result += text.slice(told, start) + names.map(maskOf).join('')
    told = end
  }
  return result + text.slice(told)
}

/** A value that is part of a mask itself, as the name of another secret may be, is left alone there: masking twice changes nothing. */
function createMarks(values: readonly SecretValue[]) {
  const known = [...new Set(values.map(({ name }) => maskOf(name)))]
  const longest = Math.max(...known.map((mark) => mark.length))
  return {
    cover(text: string, { start, end }: Found): boolean {
      const near = text.slice(Math.max(0, start - longest), end + longest)
      const offset = Math.max(0, start - longest)
      return (
        near.includes('[secret ') &&
        known.some((mark) => {
          const at = text.lastIndexOf(mark, start)
          return at >= offset && at + mark.length >= end
        })
      )
    },
  }
}

function maskWritten(text: string, find: (text: string) => Found[], json: Redactor['json']): string {
  const found = find(text)
  if (found.length === 0) return text
  if (!/^\s*[{["]/.test(text)) return masked(text, found)
  try {
    return JSON.stringify(json<unknown>(JSON.parse(text)))
  } catch {
    return masked(text, found)
  }
}

function createStream(finder: Finder, find: (text: string) => Found[]): RedactingStream {
  let kept = ''
  const tell = (upTo: number) => {
    const told = kept.slice(0, upTo)
    kept = kept.slice(upTo)
    return told
  }
  return {
    push(chunk) {
      kept += chunk
      let open = finder.openFrom(kept)
      const found = find(kept)
      for (const { start, end } of found) if (start < open && open < end) open = start
      const before = found.filter(({ end }) => end <= open)
      const whole = tell(open)
      return masked(whole, before)
    },
    end() {
      const rest = kept
      kept = ''
      return masked(rest, find(rest))
    },
  }
}

/** All texts within are searched as one, so that what was split over two of them is found as well. */
function maskTexts<T>(value: T, find: (text: string) => Found[], written: (text: string) => string): T {
  const texts: string[] = []
  visitTexts(value, (text) => void texts.push(text))
  const whole = texts.join('')
  const found = find(whole)
  const keys = find(keysOf(value).join('\n'))
  const numbers = found.length === 0 && keys.length === 0 ? find(numbersOf(value).join('\n')) : []
  if (found.length === 0 && keys.length === 0 && numbers.length === 0) return value
  let place = 0
  const replaced = mapTexts(value, {
    text: (text) => {
      const start = place
      place += text.length
      return maskPiece(text, start, found, written)
    },
    key: (key) => masked(key, find(key)),
    number: (number) => (find(String(number)).length > 0 ? masked(String(number), find(String(number))) : number),
  })
  return isAs(value, replaced) ? replaced : value
}

function maskPiece(text: string, start: number, found: readonly Found[], written: (text: string) => string): string {
  const end = start + text.length
  const here = found.filter((place) => place.start < end && place.end > start)
  if (here.length === 0) return text
  if (here.every((place) => place.start >= start && place.end <= end)) return written(text)
  let result = ''
  let told = start
  for (const place of here) {
    result += text.slice(told - start, Math.max(place.start, start) - start)
    if (place.start >= start) result += place.names.map(maskOf).join('')
    told = Math.min(place.end, end)
  }
  return result + text.slice(told - start)
}

/**
 * A whole text that is an id of ours, or a moment as we write it. A secret may be a piece of one, by chance or by design;
 * masked there, nothing of the org could be read or written any more, not even to take that secret away.
 */
const isOurs = (text: string) => ourOwn.test(text)
const ourOwn =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/

function visitTexts(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') {
    if (!isOurs(value)) visit(value)
  } else if (isPlain(value)) for (const inner of Object.values(value)) visitTexts(inner, visit)
}

function keysOf(value: unknown): string[] {
  if (!isPlain(value)) return []
  const own = Array.isArray(value) ? [] : Object.keys(value)
  return [...own, ...Object.values(value).flatMap(keysOf)]
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number' && Math.abs(value) >= 1e11) return [value]
  return isPlain(value) ? Object.values(value).flatMap(numbersOf) : []
}

type Change = { text(text: string): string; key(key: string): string; number(value: number): unknown }

function mapTexts(value: unknown, change: Change): unknown {
  if (typeof value === 'string') return isOurs(value) ? value : change.text(value)
  if (typeof value === 'number') return Math.abs(value) >= 1e11 ? change.number(value) : value
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [change.key(key), mapTexts(inner, change)]))
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Masking changes texts only, so what comes out has the shape of what went in. */
function isAs<T>(_shape: T, _masked: unknown): _masked is T {
  return true
}
