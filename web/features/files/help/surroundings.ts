import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ContactPolicy } from '#shared/orgs/contract.ts'
import { canCommunicate, explainContact, type ParentOf } from '#shared/workspaces/can-communicate.ts'

export type Neighbour = { id: WorkspaceId; name: string; role: string; parentId: WorkspaceId | null }
export type KnownTool = { name: string; description: string }
export type KnownModel = { model: string; about: string }

/** What stands around a text of one workspace: whom and what it may name. Lists that are not read yet are empty, and nothing is held against them. */
export type Surroundings = {
  self: WorkspaceId
  workspaces: readonly Neighbour[]
  contactPolicy: ContactPolicy
  tools: readonly KnownTool[]
  models: readonly KnownModel[]
  secrets: readonly string[]
  skills: readonly string[]
  goTo: (workspace: WorkspaceId) => void
  /** Undefined where the person may keep no secret here. */
  makeSecret: ((found: { name: string; value: string }) => void) | undefined
}

/** Undefined where the two may talk, else the reason in words. */
export function whyUnreachable({ self, workspaces, contactPolicy }: Surroundings, to: Neighbour): string | undefined {
  const parents = new Map(workspaces.map(({ id, parentId }) => [id, parentId]))
  const parentOf: ParentOf = (id) => parents.get(id)
  const contact = canCommunicate(self, to.id, parentOf, contactPolicy)
  if (contact.allowed) return undefined
  return explainContact(contact, nameOf(workspaces, self), to.name)
}

export function reachable(around: Surroundings): Neighbour[] {
  return around.workspaces.filter((one) => one.id !== around.self && whyUnreachable(around, one) === undefined)
}

function nameOf(workspaces: readonly Neighbour[], id: WorkspaceId): string {
  return workspaces.find((one) => one.id === id)?.name ?? 'This workspace'
}
