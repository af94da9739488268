import type { ActId } from '#shared/acts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { AgentTokenId, DelegationId, KeyId, OrgId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { EventActor } from '#shared/org-event.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { mayAs, type Permission, ruleOf } from '#shared/policies.ts'
import type { Db } from './pool.ts'

/** Who acts. It comes from the session, the engine or the local command line; never from what a client says. */
export type Actor =
  /** `key` where not they themselves ask but a program, by a key of theirs. */
  | { kind: 'person'; userId: UserId; name: string; role: Role; key?: KeyScope }
  /** A machine of the org, such as its CI, by an API key. A person's own key acts as that person. */
  | { kind: 'key'; keyId: KeyId; name: string; role: Role; permissions?: KeyScope['permissions'] }
  /** An agent at work in our engine. */
  | { kind: 'workspace'; workspaceId: WorkspaceId; delegationId: DelegationId; name: string }
  /** An agent outside our engine, by the token of its workspace. */
  | { kind: 'agent'; workspaceId: WorkspaceId; tokenId: AgentTokenId; name: string }
  /** `onBehalfOf` where it does what people planned. */
  | { kind: 'system'; name: string; onBehalfOf?: readonly UserId[] }

/** What a key is limited to within its role: these permissions only, or, where null, all that keys may have. */
export type KeyScope = { keyId: KeyId; permissions: readonly string[] | null }

/** The key by which the act was asked for, null where a person asks by a session, or no person at all. */
export function keyOf(actor: Actor): KeyScope | null {
  if (actor.kind === 'person') return actor.key ?? null
  if (actor.kind === 'key') return { keyId: actor.keyId, permissions: actor.permissions ?? null }
  return null
}

/** The workspace an agent acts for, at work in our engine or outside; null for everybody else. */
export function agentOf(actor: Actor): { workspaceId: WorkspaceId; name: string } | null {
  return actor.kind === 'workspace' || actor.kind === 'agent' ? actor : null
}

/** The causal chain an act belongs to: id of what started it, and how many hands it went through. */
export type Chain = { id: string; depth: number }

/** From where an act came, for the audit: the request, and what proved who is asking. Absent for what the engine does. */
export type Origin = {
  requestId: string
  address: string | null
  /** The program, as it names itself. */
  client: string | null
  proof: { kind: 'session'; id: string } | { kind: 'key'; id: KeyId } | { kind: 'token'; id: AgentTokenId } | null
}

/**
 * What every action takes first: who acts, in which org, on which database. `actId` is the id their page chose for what they
 * do, under which it is kept to be undone.
 */
export type OrgContext = { db: Db; orgId: OrgId; actor: Actor; chain?: Chain; origin?: Origin; actId?: ActId }

export function eventActor(actor: Actor): EventActor {
  if (actor.kind === 'person') return { kind: 'person', id: actor.userId }
  if (actor.kind === 'key') return { kind: 'key', id: actor.keyId }
  if (actor.kind === 'workspace' || actor.kind === 'agent') return { kind: 'workspace', id: actor.workspaceId }
  return { kind: 'system', id: actor.name }
}

export function actorName(actor: Actor): string {
  return actor.name
}

/**
 * Refuses who may not do this: people and keys below the role, keys where it is done in person or where they are limited to
 * other things, and agents always, for what they may do goes through the gateway. The system may.
 */
export function requireMay(context: OrgContext, permission: Permission): void {
  const { actor } = context
  if (actor.kind === 'system') return
  if (actor.kind === 'workspace' || actor.kind === 'agent') throw new AppError('forbidden', 'An agent may not do this.')
  const { lowest, to, inPerson } = ruleOf(permission)
  if (inPerson) requireInPerson(context)
  if (!mayAs(actor.role, permission)) {
    const giver = lowest === 'owner' || lowest === 'admin' ? 'An owner' : 'An owner or admin'
    throw new AppError('forbidden', `To ${to} you need the role ${lowest}; yours is ${actor.role}.`, {
      fix: `${giver} can give you that role: Settings, People.`,
    })
  }
  const limits = keyOf(actor)?.permissions
  if (!limits || limits.includes(permission)) return
  throw new AppError('forbidden', `This key may not ${to}.`, { fix: `Use a key with the permission ${permission}.` })
}

/** Refuses keys, also people's own: what makes keys, brings people in or moves the org away is done in person. */
function requireInPerson({ actor }: OrgContext): void {
  if (actor.kind === 'system' || (actor.kind === 'person' && !actor.key)) return
  throw new AppError('forbidden', 'A key may not do this.', { fix: 'Sign in and do it yourself.' })
}
