import type { OrgId } from '#shared/kernel/ids.ts'
import type { Noticed } from '../../kernel/noticed.ts'

/** Without an org it is of the page itself. */
export type LocalNotice = Omit<Noticed, 'orgId'> & { orgId: OrgId | undefined; at: string; isRead: boolean }

/** Only the newest ones of an org are kept. */
const maxKept = 20

/** Those of an org newest first; one under the same id takes the place of the one before. */
export function withNoticed(
  before: readonly LocalNotice[],
  noticed: Omit<LocalNotice, 'isRead'>,
): readonly LocalNotice[] {
  const elsewhere = before.filter(({ orgId }) => orgId !== noticed.orgId)
  const others = before.filter(({ id, orgId }) => orgId === noticed.orgId && id !== noticed.id)
  return [...[{ ...noticed, isRead: false }, ...others].slice(0, maxKept), ...elsewhere]
}

/** What is shown in an org: nothing of another. */
export function noticedIn(orgId: OrgId, kept: readonly LocalNotice[]): readonly LocalNotice[] {
  return kept.filter((notice) => isIn(orgId, notice))
}

/** Marks what is shown in an org as read: one, or all. */
export function withRead(orgId: OrgId, kept: readonly LocalNotice[], id?: string): readonly LocalNotice[] {
  return kept.map((notice) =>
    isIn(orgId, notice) && (id === undefined || id === notice.id) ? { ...notice, isRead: true } : notice,
  )
}

function isIn(orgId: OrgId, notice: LocalNotice): boolean {
  return notice.orgId === undefined || notice.orgId === orgId
}
