export type Names = ReadonlyMap<string, string>

/** The names, by id, of all that stands in these values. */
export function namesIn(values: readonly unknown[], names: Names): Record<string, string> {
  const known = [...new Set(values.flatMap(textsIn))].flatMap((id): [string, string][] => {
    const name = names.get(id)
    return name === undefined ? [] : [[id, name]]
  })
  return Object.fromEntries(known)
}

/** The ids of all whose name has these words. */
export function idsNamed(text: string | undefined, names: Names): string[] {
  if (text === undefined) return []
  const asked = text.toLowerCase()
  return [...names].filter(([, name]) => name.toLowerCase().includes(asked)).map(([id]) => id)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
