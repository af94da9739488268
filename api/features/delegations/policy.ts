import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ContactPolicy } from '#shared/orgs/contract.ts'
import { canCommunicate, explainContact, type ParentOf } from '#shared/workspaces/can-communicate.ts'

/** Work may go through this many hands below the first. */
const maxTreeDepth = 8

type Party = { id: WorkspaceId; name: string }

/** Refuses, in words for the agent, what the org chart does not allow. */
export function requireContact(from: Party, to: Party, parentOf: ParentOf, policy: ContactPolicy): void {
  if (from.id === to.id) {
    throw new AppError('bad-input', `${from.name} cannot delegate to itself.`, {
      fix: 'Do the work in this delegation, or delegate it to a peer from list_peers.',
    })
  }
  const contact = canCommunicate(from.id, to.id, parentOf, policy)
  if (contact.allowed) return
  throw new AppError('forbidden', explainContact(contact, from.name, to.name), {
    fix: 'Call list_peers for those you may delegate to.',
  })
}

export function requireDepth(depth: number): void {
  if (depth <= maxTreeDepth) return
  throw new AppError(
    'forbidden',
    `This work went through ${maxTreeDepth} hands already; it may not be handed on again.`,
    {
      fix: 'Do it in this delegation and answer.',
    },
  )
}
