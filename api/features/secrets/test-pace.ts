import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Db } from '../../kernel/db.ts'

const recent = new WeakMap<Db, Map<string, number[]>>()
const perMinute = 10
const minuteMs = 60_000

/** Trying keys is no way to find out which of many are good: ten a minute for an org. */
export function requireTestPace({ db, orgId }: OrgContext, now = Date.now()): void {
  const byOrg = recent.get(db) ?? new Map<string, number[]>()
  recent.set(db, byOrg)
  for (const [id, times] of byOrg) if ((times.at(-1) ?? 0) < now - minuteMs) byOrg.delete(id)
  const times = (byOrg.get(orgId) ?? []).filter((time) => time > now - minuteMs)
  if (times.length >= perMinute) {
    throw new AppError('rate-limited', `At most ${perMinute} keys are tried a minute.`, { fix: 'Wait a moment.' })
  }
  byOrg.set(orgId, [...times, now])
}
