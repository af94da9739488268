const prefix = 'delegraph.'

/** Turns what was stored into a value, or undefined when it has another shape. */
export type Parse<T> = (value: unknown) => T | undefined

/** Reads a small remembered value; anything missing, broken or forbidden gives the fallback. */
export function readStored<T>(key: string, parse: Parse<T>, fallback: T): T {
  const text = read(localArea(), key)
  if (text === undefined) return fallback
  try {
    return parse(JSON.parse(text)) ?? fallback
  } catch {
    return fallback
  }
}

/** Remembers a small value. False when the storage is full or forbidden, so that a caller can say so. */
export function writeStored(key: string, value: unknown): boolean {
  return write(localArea(), key, value)
}

export function dropStored(key: string): void {
  drop(localArea(), key)
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Parse<T> {
  return (value) => allowed.find((candidate) => candidate === value)
}

export const asBoolean: Parse<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)
export const asText: Parse<string> = (value) => (typeof value === 'string' ? value : undefined)
export const asNumber: Parse<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** `local` outlives the tab, `session` belongs to it. A browser may refuse both. */
export function localArea(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

export function sessionArea(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}

export function read(area: Storage | undefined, key: string): string | undefined {
  try {
    return area?.getItem(prefix + key) ?? undefined
  } catch {
    return undefined
  }
}

export function write(area: Storage | undefined, key: string, value: unknown): boolean {
  if (!area) return false
  try {
    area.setItem(prefix + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function drop(area: Storage | undefined, key: string): void {
  try {
    area?.removeItem(prefix + key)
  } catch {
    // Nothing can be stored, so nothing is left behind.
  }
}

/** The names of what is kept under names that begin so. */
export function keysOf(area: Storage | undefined, start: string): string[] {
  try {
    const all = Array.from({ length: area?.length ?? 0 }, (_, index) => area?.key(index) ?? '')
    return all.filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length))
  } catch {
    return []
  }
}
