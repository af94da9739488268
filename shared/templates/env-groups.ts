/** Names of which one is enough; a group of one is a strict requirement. */
export type EnvGroup = readonly string[]
type Declared = readonly (string | { readonly any_of: readonly string[] })[] | undefined

/**
 * One list of requirements out of several. A name that is strictly required makes every group that contains it superfluous,
 * and what is required need not be recommended again.
 */
export function mergeEnvGroups(
  required: readonly Declared[],
  recommended: readonly Declared[],
): { required: EnvGroup[]; recommended: EnvGroup[] } {
  const needed = withoutDominated(collect(required))
  const strict = strictNames(needed)
  const keys = new Set(needed.map(keyOf))
  const wished = withoutDominated(collect(recommended)).filter(
    (group) => !keys.has(keyOf(group)) && !group.some((name) => strict.has(name)),
  )
  return { required: needed, recommended: wished }
}

/** The groups of which no name is there. */
export function missingGroups(groups: readonly EnvGroup[], present: ReadonlySet<string>): EnvGroup[] {
  return groups.filter((group) => !group.some((name) => present.has(name)))
}

/** "A", "A or B", "A, B or C". */
export function describeGroup(group: EnvGroup): string {
  if (group.length < 2) return group.join('')
  return `${group.slice(0, -1).join(', ')} or ${group[group.length - 1]}`
}

function collect(lists: readonly Declared[]): EnvGroup[] {
  const groups = lists
    .flatMap((list) => list ?? [])
    .map((entry) => (typeof entry === 'string' ? [entry] : entry.any_of))
  const byKey = new Map(groups.map((group) => [...new Set(group)]).map((group) => [keyOf(group), group]))
  return [...byKey.values()]
}

function withoutDominated(groups: readonly EnvGroup[]): EnvGroup[] {
  const strict = strictNames(groups)
  return groups.filter((group) => group.length === 1 || !group.some((name) => strict.has(name)))
}

function strictNames(groups: readonly EnvGroup[]): Set<string> {
  return new Set(groups.filter((group) => group.length === 1).flat())
}

function keyOf(group: EnvGroup): string {
  return [...group].sort().join(' ')
}
