import type { Files } from '#sandbox/sandbox.ts'

/** A file a program made or changed. */
export type Written = {
  readonly path: string
  /** Null where it is not text. */
  readonly text: string | null
  readonly bytes: number
  /** As it was given to the program; null where there was none. */
  readonly before: string | null
}

/** What a run wrote beside what it was given, of the paths it changed. */
export function writtenIn(
  files: Pick<Files, 'list' | 'read'>,
  given: Readonly<Record<string, string>>,
  changed: ReadonlySet<string>,
): Written[] {
  return files.list().flatMap((path) => {
    const contents = changed.has(path) ? files.read(path) : undefined
    if (contents === undefined) return []
    const before = Object.hasOwn(given, path) ? (given[path] ?? null) : null
    const text = asText(contents)
    return text === before && text !== null ? [] : [{ path, text, bytes: contents.length, before }]
  })
}

/** A file a program was given and took away, with the text it had. */
export type Removed = { readonly path: string; readonly before: string }

/** What a run took away of what it was given, by path; its own program is not of its files. */
export function removedIn(
  files: Pick<Files, 'list'>,
  { files: given, path: own }: { files: Readonly<Record<string, string>>; path: string | null },
): Removed[] {
  const left = new Set(files.list())
  const gone = Object.entries(given).filter(([path]) => path !== own && !left.has(path))
  return gone.map(([path, before]) => ({ path, before }))
}

/** Null where it is not text. */
export function asText(contents: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(contents)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
