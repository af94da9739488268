import { formatMoney } from '#shared/kernel/format-money.ts'
import { useTotals } from '../features/delegations/index.ts'

/** What the org is doing, in numbers. */
export function OrgTotals() {
  const { running, queued, waitingForYou, lost, spendToday } = useTotals()
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
