import { Pencil, Trash2 } from 'lucide-react'
import type { Budget } from '#shared/budgets/contract.ts'
import { type Metered, meteredThings } from '#shared/budgets/periods.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { MeterBar } from './meter-bar.tsx'
import { useRemoveBudget } from './use-remove-budget.ts'
import {
  amountWords,
  maySet,
  meteredWords,
  type NameOf,
  periodWords,
  reservedOf,
  runningWords,
  whoseWords,
} from './words.ts'

type BudgetRowProps = { orgId: OrgId; budget: Budget; role: Role | undefined; nameOf: NameOf; onEdit: () => void }

/** Whose work, in which period, and how full each of its limits is. */
export function BudgetRow({ orgId, budget, role, nameOf, onEdit }: BudgetRowProps) {
  const remove = useRemoveBudget(orgId)
  const whose = whoseWords(budget, nameOf)
  const name = `${whose}, ${periodWords[budget.period].toLowerCase()}`
  const limited = meteredThings.filter((what) => budget.limits[what] !== null)
  return (
    <div className="flex items-start gap-3 px-2 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-13">
          <span className="font-medium break-words">{whose}</span>
          <span className="text-fg-2">{periodWords[budget.period]}</span>
          {budget.waiting > 0 && <Badge tone="waiting">{budget.waiting} waiting</Badge>}
        </p>
        <dl className="mt-1.5 grid grid-cols-[4.5rem_1fr_auto] items-center wide:grid-cols-[4.5rem_1fr_17rem] gap-x-3 gap-y-1 text-12">
          {limited.map((what) => (
            <Limit key={what} what={what} budget={budget} />
          ))}
        </dl>
      </div>
      {maySet(role, budget.scope) && (
        <div className="flex gap-1">
          <IconButton icon={Pencil} label={`Change the budget: ${name}`} size="small" onClick={onEdit} />
          <IconButton
            icon={Trash2}
            label={`Remove the budget: ${name}`}
            size="small"
            disabled={remove.isPending}
            onClick={() => remove.mutate(budget)}
          />
        </div>
      )}
    </div>
  )
}

function Limit({ what, budget }: { what: Metered; budget: Budget }) {
  const limit = budget.limits[what] ?? 0
  const used = budget.used[what]
  const reserved = reservedOf(budget, what)
  const words = `${amountWords(what, used)} of ${amountWords(what, limit)}`
  return (
    <>
      <dt className="text-fg-2">{meteredWords[what]}</dt>
      <dd>
        <MeterBar used={used} reserved={reserved} limit={limit} />
      </dd>
      <dd className="text-right whitespace-nowrap text-fg-2">
        <span className="font-mono text-fg tabular-nums">{words}</span>{' '}
        {isIdle(budget) ? 'no run goes on' : runningWords[budget.period]}
        {reserved > 0 && <span className="block">{amountWords(what, reserved)} held by calls under way</span>}
      </dd>
    </>
  )
}

/** Budgets of runs and trees show one that goes on, and now there is none. */
function isIdle({ period, used }: Budget): boolean {
  return (period === 'run' || period === 'tree') && used.steps === 0
}
