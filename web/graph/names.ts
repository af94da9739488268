let names: ReadonlyMap<string, string> = new Map()

/** The name of a workspace of the org on screen, for words on another's card. */
export function nameOf(id: string): string | undefined {
  return names.get(id)
}

export function setNames(next: ReadonlyMap<string, string>): void {
  names = next
}
