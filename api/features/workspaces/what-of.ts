/** What an act was about, as its name says it: the name of one, the number of many. */
export function whatOf(names: readonly (string | undefined)[]): string {
  return names.length === 1 ? (names[0] ?? '1 workspace') : `${names.length} workspaces`
}
