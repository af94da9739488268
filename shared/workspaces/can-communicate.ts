import type { WorkspaceId } from '../kernel/ids.ts'
import type { ContactPolicy } from '../orgs/contract.ts'

/** The org chart as a lookup; `undefined` for a workspace this org does not have, `null` for a root. */
export type ParentOf = (workspace: WorkspaceId) => WorkspaceId | null | undefined

/** A parent walk longer than this is a corrupt chart and denies. */
export const maxAncestorWalk = 32

export type Contact =
  | { allowed: true; relation: 'self' | 'sibling' | 'parent' | 'child' | 'ancestor' | 'descendant' }
  | { allowed: false; reason: 'unknown-workspace' | 'not-related' | 'policy-is-direct' | 'corrupt-chart' }

/** May `from` talk to `to`? The org chart is the policy; whatever it does not allow is refused with the reason. */
export function canCommunicate(from: WorkspaceId, to: WorkspaceId, parentOf: ParentOf, policy: ContactPolicy): Contact {
  const fromParent = parentOf(from)
  const toParent = parentOf(to)
  if (fromParent === undefined || toParent === undefined) return { allowed: false, reason: 'unknown-workspace' }
  if (from === to) return { allowed: true, relation: 'self' }
  const above = ancestorsOf(from, parentOf)
  const aboveOther = ancestorsOf(to, parentOf)
  if (above === 'corrupt' || aboveOther === 'corrupt') return { allowed: false, reason: 'corrupt-chart' }
  if (fromParent === to) return { allowed: true, relation: 'parent' }
  if (toParent === from) return { allowed: true, relation: 'child' }
  if (fromParent === toParent) return { allowed: true, relation: 'sibling' }
  const relation = above.includes(to) ? 'ancestor' : aboveOther.includes(from) ? 'descendant' : undefined
  if (!relation) return { allowed: false, reason: 'not-related' }
  if (policy === 'direct') return { allowed: false, reason: 'policy-is-direct' }
  return { allowed: true, relation }
}

/** From the parent up to the root; `corrupt` for a cycle, a walk over the cap or a parent that is not there. */
export function ancestorsOf(workspace: WorkspaceId, parentOf: ParentOf): WorkspaceId[] | 'corrupt' {
  const above: WorkspaceId[] = []
  let next = parentOf(workspace)
  while (next) {
    if (above.length >= maxAncestorWalk || next === workspace || above.includes(next)) return 'corrupt'
    above.push(next)
    next = parentOf(next)
  }
  return next === undefined ? 'corrupt' : above
}

/** The refusal in words for a person or an agent. */
export function explainContact(contact: Contact, from: string, to: string): string {
  if (contact.allowed) return `${from} may talk to ${to} (${contact.relation}).`
  switch (contact.reason) {
    case 'unknown-workspace':
      return `There is no such workspace in this organisation.`
    case 'not-related':
      return `${from} cannot talk to ${to}: the org chart allows siblings, parent and children.`
    case 'policy-is-direct':
      return `${from} cannot talk to ${to}: this organisation allows direct contacts only (siblings, parent, children).`
    case 'corrupt-chart':
      return `${from} cannot talk to ${to}: the org chart above one of them is broken or deeper than ${maxAncestorWalk}.`
    default:
      return contact.reason satisfies never
  }
}
