import { personal } from './person.ts'
import { dropStored, type Parse, readStored, writeStored } from './storage.ts'

/** Reads what this person left under a name in this browser; the next one to sign in finds nothing of it. */
export function readOwn<T>(name: string, parse: Parse<T>, fallback: T): T {
  const place = personal(name)
  if (place === undefined) return fallback
  takeOver(name, place)
  return readStored(place, parse, fallback)
}

/** False when it could not be kept. */
export function writeOwn(name: string, value: unknown): boolean {
  const place = personal(name)
  return place !== undefined && writeStored(place, value)
}

export function dropOwn(name: string): void {
  const place = personal(name)
  if (place === undefined) return
  dropStored(name)
  dropStored(place)
}

/** What was kept without a person's name goes to the first who looks, and to nobody after; nothing of it is sent by itself. */
function takeOver(name: string, place: string): void {
  const unowned = readStored<unknown>(name, (value) => value, undefined)
  if (unowned === undefined) return
  if (readStored<unknown>(place, (value) => value, undefined) === undefined) writeStored(place, unowned)
  dropStored(name)
}
