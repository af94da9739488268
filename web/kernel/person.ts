/** What every answer says of whose session it was asked in, and every question of whose page it is asked from. */
export const personHeader = 'delegraph-person'

let known: string | undefined
const listeners = new Set<() => void>()

/** Whose page this is: the server says so with its first answer. Until then nothing of anybody's own is read or kept. */
export function person(): string | undefined {
  return known
}

export function onPersonKnown(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A page is one person's for as long as it lives: when somebody else has signed in, it begins anew with nothing in its memory. */
export function hearPerson(id: string | null): void {
  if (id === null || id === known) return
  if (known !== undefined) {
    window.location.reload()
    return
  }
  known = id
  for (const listener of listeners) listener()
}

/** The name under which this browser keeps something of this person's; undefined while nobody is known. */
export function personal(name: string): string | undefined {
  return known && `of.${known}.${name}`
}
