/** Files by path, with what is in them. */
export type Contents = ReadonlyMap<string, Uint8Array>

export type LayingOut = {
  readonly remove: readonly string[]
  readonly write: readonly (readonly [path: string, contents: Uint8Array])[]
  /** What the program brings otherwise than programs of the terminal made it: nothing may be run over it. */
  readonly clashes: readonly string[]
}

type Given = {
  readonly there: Contents
  /** What runs here brought or left, as it was then. */
  readonly ours: Contents
  readonly brought: Contents
  /** What programs of the terminal made too large to be `there` as it is. */
  readonly noRoom: ReadonlySet<string>
}

/**
 * What makes a session's files those of a program. What is there otherwise than runs left it, or not known as it is, is the
 * work of programs of the terminal, and stays.
 */
export function layOut({ there, ours, brought, noRoom }: Given): LayingOut {
  const isTheirs = (path: string) => noRoom.has(path) || (there.has(path) && !isSame(there.get(path), ours.get(path)))
  const clashes = [...brought].filter(([path, bytes]) => {
    if (!isTheirs(path) || (!noRoom.has(path) && isSame(there.get(path), bytes))) return false
    // As it was brought before, it has nothing newer to say than what was made of it since.
    return !isSame(ours.get(path), bytes)
  })
  return {
    remove: [...there.keys()].filter((path) => !isTheirs(path) && !brought.has(path)),
    write: [...brought].filter(([path]) => !isTheirs(path)),
    clashes: clashes.map(([path]) => path),
  }
}

export function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
