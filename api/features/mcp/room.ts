import type { OrgId } from '#shared/kernel/ids.ts'

/** A session as far as room goes; `calls`: how many are in flight over it. */
type Held = { orgId: OrgId; calls: number; usedAt: number }

export const maxLinks = 64
export const maxLinksOfOrg = 16
export const idleMs = 300_000

/**
 * The sessions that make way for one more of an organisation: its own first where it has its share, then anybody's, those unused
 * longest. One in use is never ended for another; undefined where so many are in use that there is no room.
 */
export function makeWay<T extends Held>(kept: readonly T[], orgId: OrgId): T[] | undefined {
  const idle = kept.filter(({ calls }) => calls === 0).toSorted((one, other) => one.usedAt - other.usedAt)
  const isOwn = (one: T) => one.orgId === orgId
  const tooMany = Math.max(0, kept.filter(isOwn).length + 1 - maxLinksOfOrg)
  const own = idle.filter(isOwn).slice(0, tooMany)
  const stillTooMany = Math.max(0, kept.length - own.length + 1 - maxLinks)
  const others = idle.filter((one) => !own.includes(one)).slice(0, stillTooMany)
  return own.length < tooMany || others.length < stillTooMany ? undefined : [...own, ...others]
}

/** Has nobody used it for so long that it is ended? */
export function isUnused({ calls, usedAt }: Pick<Held, 'calls' | 'usedAt'>, now: number): boolean {
  return calls === 0 && usedAt < now - idleMs
}
