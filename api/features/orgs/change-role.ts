import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import { Role } from '#shared/orgs/contract.ts'
import { isAtLeast } from '#shared/orgs/permission.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { deleteInvitationsBy } from './invitation-store.ts'
import { deleteMember, lockMembers, type Standing, updateRole } from './people-store.ts'

/** Up to one's own role, never one's own upward, and never above those who are higher than oneself. */
export async function changeRole(context: OrgContext, { userId, role }: Standing): Promise<void> {
  requireMay(context, 'people.change-role')
  await inTransaction(context, async (tx) => {
    const members = await lockMembers(tx)
    const mine = ownRole(context, members)
    const target = requireMember(members, userId)
    if (target.role === role) return
    requireAbove(mine, target.role)
    if (!isAtLeast(mine, role)) {
      throw new AppError('forbidden', `You may make people ${mine} at most, which is your own role.`, { field: 'role' })
    }
    await setRole(tx, members, { userId, before: target.role, role })
  })
}

/** Makes somebody else an owner, and oneself an admin. */
export async function transferOrg(context: OrgContext, userId: UserId): Promise<void> {
  requireMay(context, 'orgs.transfer')
  const { actor } = context
  if (actor.kind !== 'person') throw new AppError('forbidden', 'An organisation is handed over by its owner.')
  if (actor.userId === userId) throw new AppError('bad-input', 'You are an owner already.', { field: 'userId' })
  await inTransaction(context, async (tx) => {
    const members = await lockMembers(tx)
    if (ownRole(context, members) !== 'owner') throw new AppError('forbidden', 'You are no owner any more.')
    const target = requireMember(members, userId)
    if (target.role !== 'owner') {
      await updateRole(tx, { userId, role: 'owner' })
      tx.tell({ type: 'member.role-changed', payload: { userId, before: target.role, role: 'owner' } })
    }
    const now = members.map((one) => (one.userId === userId ? { ...one, role: 'owner' as const } : one))
    await setRole(tx, now, { userId: actor.userId, before: 'owner', role: 'admin' })
  })
}

/** Takes somebody out: their streams close, their keys end. What they gave to do goes on, what they were asked stays for others. */
export async function removeMember(context: OrgContext, userId: UserId): Promise<void> {
  requireMay(context, 'people.remove')
  if (context.actor.kind === 'person' && context.actor.userId === userId) {
    throw new AppError('bad-input', 'You cannot remove yourself.', { field: 'userId', fix: 'Leave the organisation.' })
  }
  await inTransaction(context, async (tx) => {
    const members = await lockMembers(tx)
    const target = requireMember(members, userId)
    requireAbove(ownRole(context, members), target.role)
    await end(tx, members, userId)
    tx.tell({ type: 'member.removed', payload: { userId } })
  })
}

/** Everybody may, but the last owner, for an organisation needs one. */
export async function leaveOrg(context: OrgContext): Promise<void> {
  requireMay(context, 'people.leave')
  const { actor } = context
  if (actor.kind !== 'person') throw new AppError('forbidden', 'Only people leave an organisation.')
  await inTransaction(context, async (tx) => {
    const members = await lockMembers(tx)
    requireMember(members, actor.userId)
    await end(tx, members, actor.userId)
    tx.tell({ type: 'member.left', payload: { userId: actor.userId } })
  })
}

/** As of now, under the lock: it may have changed since the request came. */
function ownRole({ actor }: OrgContext, members: readonly Standing[]): Role {
  if (actor.kind !== 'person') return 'owner'
  return requireMember(members, actor.userId).role
}

function requireMember(members: readonly Standing[], userId: UserId): Standing {
  const found = members.find((one) => one.userId === userId)
  if (found) return found
  throw new AppError('not-found', 'There is no such person in this organisation.', {
    fix: 'They may have left meanwhile.',
  })
}

function requireAbove(mine: Role, theirs: Role): void {
  if (isAtLeast(mine, 'admin') && isAtLeast(mine, theirs)) return
  throw new AppError('forbidden', `Only an owner may do this to an ${theirs}.`)
}

type Change = { userId: UserId; before: Role; role: Role }

async function setRole(tx: Tx, members: readonly Standing[], change: Change): Promise<void> {
  const { userId, role } = change
  requireOwnerLeft(members.map((one) => (one.userId === userId ? { ...one, role } : one)))
  await updateRole(tx, { userId, role })
  await deleteInvitationsBy(tx, userId, rolesGivenBy(role))
  tx.tell({ type: 'member.role-changed', payload: change })
}

async function end(tx: Tx, members: readonly Standing[], userId: UserId): Promise<void> {
  requireOwnerLeft(members.filter((one) => one.userId !== userId))
  await deleteMember(tx, userId)
  await deleteInvitationsBy(tx, userId, [])
}

function rolesGivenBy(role: Role): Role[] {
  return isAtLeast(role, 'admin') ? Role.options.filter((other) => isAtLeast(role, other)) : []
}

function requireOwnerLeft(members: readonly Standing[]): void {
  if (members.some(({ role }) => role === 'owner')) return
  throw new AppError('conflict', 'An organisation needs an owner, and this is the last one.', {
    fix: 'Hand it to somebody else first, or delete it.',
  })
}
