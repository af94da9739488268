import type { WorkspaceId } from '../kernel/ids.ts'
import { Role } from '../orgs/contract.ts'
import type { Route, RouteTarget } from './contract.ts'

/** It is always there, and goes to everybody, unless somebody says otherwise. */
export const generalCategory = 'general'

export type Known = {
  /** Of the workspace's own config: roles of people, and names or roles of workspaces. */
  own: Readonly<Record<string, readonly string[]>>
  routes: readonly Pick<Route, 'category' | 'to'>[]
  workspaces: readonly { id: WorkspaceId; name: string; role: string }[]
}

type Resolved =
  | { kind: 'to'; targets: RouteTarget[]; unknown: string[] }
  /** No such category; these are known. */
  | { kind: 'unknown'; known: string[] }

/**
 * Where word of a category goes. What a workspace's own config says of a category replaces what the organisation says of it
 * whole; an empty list drops it. Of names in the config that nobody has, `unknown` tells.
 */
export function resolveCategory(category: string, known: Known): Resolved {
  const own = Object.entries(known.own).find(([name]) => isSame(name, category))
  if (own) {
    const [, names] = own
    if (names.length === 0) return { kind: 'unknown', known: knownCategories(known) }
    const found = names.map((name) => ({ name, targets: targetsNamed(name, known) }))
    const unknown = found.filter(({ targets }) => targets.length === 0).map(({ name }) => name)
    return { kind: 'to', targets: unique(found.flatMap(({ targets }) => targets)), unknown }
  }
  const targets = known.routes.filter((route) => isSame(route.category, category)).map(({ to }) => to)
  if (targets.length > 0) return { kind: 'to', targets: unique(targets), unknown: [] }
  if (isSame(category, generalCategory)) {
    return { kind: 'to', targets: [{ kind: 'people', lowest: 'viewer' }], unknown: [] }
  }
  return { kind: 'unknown', known: knownCategories(known) }
}

/** By name, each once; those the config drops are left out. */
function knownCategories({ own, routes }: Pick<Known, 'own' | 'routes'>): string[] {
  const dropped = Object.entries(own).filter(([, names]) => names.length === 0)
  const all = [generalCategory, ...routes.map(({ category }) => category), ...Object.keys(own)]
  const kept = all.filter((name) => !dropped.some(([other]) => isSame(other, name)))
  return [...new Map(kept.map((name) => [name.toLowerCase(), name])).values()].toSorted()
}

/** A role of people, or else every workspace of that name or role. */
function targetsNamed(name: string, { workspaces }: Known): RouteTarget[] {
  const role = Role.safeParse(name.trim().toLowerCase())
  if (role.success) return [{ kind: 'people', lowest: role.data }]
  const named = workspaces.filter((one) => isSame(one.name, name) || isSame(one.role, name))
  return named.map(({ id }) => ({ kind: 'workspace', workspaceId: id }))
}

function unique(targets: readonly RouteTarget[]): RouteTarget[] {
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()]
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}
