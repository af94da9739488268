import type { ApiKey } from '#shared/keys/contract.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { isAtLeast, type Rule } from '#shared/orgs/permission.ts'
import { policies } from '#shared/policies.ts'

/** How long a new key works; `never` only by an explicit choice. */
export const lifetimes = [
  { value: '7', label: '7 days', days: 7 },
  { value: '30', label: '30 days', days: 30 },
  { value: '90', label: '90 days', days: 90 },
  { value: '365', label: 'A year', days: 365 },
  { value: 'never', label: 'Until it is revoked', days: null },
] as const
export type Lifetime = (typeof lifetimes)[number]['value']

export const keyRoles = ['admin', 'manager', 'member', 'viewer'] as const
export type KeyRoleName = (typeof keyRoles)[number]

/** No key is more than whoever makes it. */
export function rolesUpTo(own: Role | undefined): KeyRoleName[] {
  return own === undefined ? [] : keyRoles.filter((role) => isAtLeast(own, role))
}

export type Grantable = { name: string; words: string }

/** What a key with this role can be allowed, by noun; what is done in person is not there. */
export function grantable(role: Role): { noun: string; permissions: Grantable[] }[] {
  const byNoun = new Map<string, Grantable[]>()
  for (const [name, rule] of Object.entries<Rule>(policies)) {
    if (rule.inPerson || !isAtLeast(role, rule.lowest)) continue
    const noun = name.split('.')[0] ?? name
    const words = rule.to.charAt(0).toUpperCase() + rule.to.slice(1)
    byNoun.set(noun, [...(byNoun.get(noun) ?? []), { name, words }])
  }
  return [...byNoun].map(([noun, permissions]) => ({ noun: nounWords(noun), permissions }))
}

function nounWords(noun: string): string {
  const words = noun.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const day = 86_400_000

/** When it ends, in words; and whether that is past, or soon enough to be told. */
export function expiryOf(
  { expiresAt }: Pick<ApiKey, 'expiresAt'>,
  now: number,
): { words: string; state: 'far' | 'soon' | 'over' } {
  if (expiresAt === null) return { words: 'never expires', state: 'far' }
  const left = Date.parse(expiresAt) - now
  if (left <= 0) return { words: 'expired', state: 'over' }
  // A clock that is a little behind the server's adds no day.
  const days = Math.max(1, Math.ceil(left / day - 0.02))
  return { words: days === 1 ? 'expires within a day' : `expires in ${days} days`, state: days <= 7 ? 'soon' : 'far' }
}
