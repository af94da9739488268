import { formatMoney } from '#shared/kernel/format-money.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useIsToldOf, useTotals } from '../features/delegations/index.ts'

/** What the org is doing, in numbers; nothing until they are its own. */
export function OrgTotals({ orgId }: { orgId: OrgId }) {
  const { running, queued, waitingForYou, lost, spendToday } = useTotals()
  if (!useIsToldOf(orgId)) return null
  return (
    <>
      <span className="ml-auto truncate">
        {running} running · {queued} queued
        {waitingForYou > 0 && ` · ${waitingForYou} waiting for you`}
        {lost > 0 && ` · ${lost} lost`}
      </span>
      <span>Today {formatMoney(spendToday)}</span>
    </>
  )
}
