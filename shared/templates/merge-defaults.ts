/** Defaults first, each once; `!name` or `-name` in the workspace's list takes one out again. */
export function mergePlugins(defaults: readonly string[] = [], own: readonly string[] = []): string[] {
  const merged = new Set(defaults.filter((name) => name !== ''))
  for (const entry of own) {
    const name = entry.replace(/^[!-]+/, '')
    if (name === '') continue
    if (name === entry) merged.add(name)
    // A plugin taken out and named again later goes to the end.
    if (name !== entry) merged.delete(name)
  }
  return [...merged]
}

type Routing = Readonly<Record<string, readonly string[]>>

/** The workspace's list replaces the default one of the same category whole; an empty list drops it. Sorted by category. */
export function mergeRouting(defaults: Routing = {}, own: Routing = {}): Record<string, string[]> {
  const merged = new Map(Object.entries(defaults))
  for (const [category, roles] of Object.entries(own)) merged.set(category, roles)
  const kept = [...merged].filter(([, roles]) => roles.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(kept.map(([category, roles]): [string, string[]] => [category, [...roles]]))
}
