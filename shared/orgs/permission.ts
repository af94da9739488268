import type { Role } from './contract.ts'

/** Who may: people and keys from this role upward. Agents have no role; what they may do is the gateway's. */
export type Rule = {
  lowest: Role
  /** In words, after "To …" and "may not …". */
  to: string
  /** No key may, also none of the person's own. */
  inPerson?: true
}

/** What a feature lets people do: every name begins with the noun, so that no two features can mean the same name. */
export type Policy<Noun extends string> = Readonly<Record<`${Noun}.${string}`, Rule>>

const rank: Readonly<Record<Role, number>> = { viewer: 0, member: 1, manager: 2, admin: 3, owner: 4 }

export function isAtLeast(role: Role, lowest: Role): boolean {
  return rank[role] >= rank[lowest]
}
