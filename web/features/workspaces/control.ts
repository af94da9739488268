import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ControlWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { teamBelow } from './team.ts'

export type ControlVerb = ControlWorkspace['verb']

/** One thing that can be done now: its words, and the heads of teams it is done to. */
export type ControlOffer = { verb: ControlVerb; label: string; who: string; ids: readonly WorkspaceId[] }

type Kind = 'pause' | 'freeze'

const kinds = {
  pause: { set: 'pause', lift: 'resume', isSet: (one: Workspace) => one.status === 'paused', isHere: pausedHere },
  freeze: { set: 'freeze', lift: 'unfreeze', isSet: (one: Workspace) => one.isFrozen, isHere: frozenHere },
} as const

const words: Record<ControlVerb, string> = {
  pause: 'Pause',
  resume: 'Resume',
  freeze: 'Freeze',
  unfreeze: 'Unfreeze',
}

/**
 * What may be done to these workspaces, each with all below it: for one its opposite, or the one above that must be lifted
 * first; for several both ways. Empty where the whole organisation is stopped or frozen: that is lifted elsewhere.
 */
export function controlOffers(
  workspaces: readonly Workspace[],
  ids: readonly WorkspaceId[],
  kind: Kind,
): ControlOffer[] {
  const { set, lift, isSet, isHere } = kinds[kind]
  const heads = headsOf(workspaces, ids)
  const [only] = heads
  if (heads.length === 1 && only && isSet(only)) {
    const above = liftedFirst(workspaces, only, kind)
    if (above) return [{ ...offer(workspaces, lift, [above]), label: `${words[lift]} ${above.name} first` }]
    return isHere(only) ? [offer(workspaces, lift, heads)] : []
  }
  const free = heads.filter((head) => !isSet(head))
  const held = heads.filter((head) => isHere(head) && !liftedFirst(workspaces, head, kind))
  return [
    ...(free.length > 0 ? [offer(workspaces, set, free)] : []),
    ...(held.length > 0 ? [offer(workspaces, lift, held)] : []),
  ]
}

/** The highest one above that holds it too: as long as that stands, lifting it here would change nothing. */
export function liftedFirst(
  workspaces: readonly Workspace[],
  { parentId }: Workspace,
  kind: Kind,
): Workspace | undefined {
  const byId = new Map(workspaces.map((one) => [one.id, one]))
  let highest: Workspace | undefined
  let above = parentId === null ? undefined : byId.get(parentId)
  while (above) {
    if (kinds[kind].isHere(above)) highest = above
    above = above.parentId === null ? undefined : byId.get(above.parentId)
  }
  return highest
}

/** Those that are not below another of them. */
function headsOf(workspaces: readonly Workspace[], ids: readonly WorkspaceId[]): Workspace[] {
  const chosen = workspaces.filter(({ id }) => ids.includes(id))
  const below = new Set(chosen.flatMap(({ id }) => teamBelow(workspaces, [id]).map((member) => member.id)))
  return chosen.filter(({ id }) => !below.has(id))
}

function offer(workspaces: readonly Workspace[], verb: ControlVerb, heads: readonly Workspace[]): ControlOffer {
  const ids = heads.map(({ id }) => id)
  const below = teamBelow(workspaces, ids).length
  const name = heads.length === 1 ? (heads[0]?.name ?? '') : `${heads.length} workspaces`
  const who = below > 0 ? `${name} and ${below} below` : name
  return { verb, label: `${words[verb]} ${who}`, who, ids }
}

function pausedHere(one: Workspace): boolean {
  return one.isPausedHere
}

function frozenHere(one: Workspace): boolean {
  return one.isFrozenHere
}
