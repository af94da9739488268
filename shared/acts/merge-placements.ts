import type { Change } from './contract.ts'

/**
 * Two acts that only put the same cards somewhere, as one: from where the first found them to where the second left them.
 * Undefined where they are not of that kind.
 */
export function mergePlacements(first: readonly Change[], second: readonly Change[]): Change[] | undefined {
  const [before, after] = [onlyPlacements(first), onlyPlacements(second)]
  if (!before || !after || before.length !== after.length) return undefined
  const landed = new Map(after.map((one) => [one.workspaceId, one]))
  const placements = before.flatMap((one) => {
    const then = landed.get(one.workspaceId)
    return then ? [{ ...one, to: then.to }] : []
  })
  return placements.length === before.length ? [{ kind: 'place', placements }] : undefined
}

function onlyPlacements(changes: readonly Change[]) {
  const [only] = changes
  return changes.length === 1 && only?.kind === 'place' ? only.placements : undefined
}
