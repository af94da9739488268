import type { Here } from '#shared/drafts/asides.ts'
import type { OrgId } from '#shared/kernel/ids.ts'

type Kept = { orgId: OrgId; here: Here; until: number }

/** Pages of one org that are remembered; a flood of made-up ones pushes out itself, not the memory of the node. */
const mostInOrg = 2_000

/** Who is here, as far as this node heard: each page until it was silent for too long. */
export function createRegister(goneAfterMs: number) {
  const orgs = new Map<OrgId, Map<string, Kept>>()

  const forget = (orgId: OrgId, id: string) => {
    const pages = orgs.get(orgId)
    pages?.delete(id)
    if (pages?.size === 0) orgs.delete(orgId)
  }

  return {
    hear(orgId: OrgId, here: Here, now: number): void {
      const pages = orgs.get(orgId) ?? new Map<string, Kept>()
      orgs.set(orgId, pages)
      pages.delete(here.id)
      pages.set(here.id, { orgId, here, until: now + goneAfterMs })
      for (const oldest of pages.keys()) {
        if (pages.size <= mostInOrg) break
        pages.delete(oldest)
      }
    },
    forget,
    of(orgId: OrgId, now: number): Here[] {
      return [...(orgs.get(orgId)?.values() ?? [])].filter(({ until }) => until > now).map(({ here }) => here)
    },
    takeExpired(now: number): { orgId: OrgId; id: string }[] {
      const expired = [...orgs.values()]
        .flatMap((pages) => [...pages.values()])
        .filter(({ until }) => until <= now)
        .map(({ orgId, here }) => ({ orgId, id: here.id }))
      for (const { orgId, id } of expired) forget(orgId, id)
      return expired
    },
  }
}
