import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import type { Budget } from '#shared/budgets/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { type Command, useCommands } from '../../kernel/commands.ts'
import { trpc } from '../../kernel/trpc.ts'
import { classes } from '../../ui/classes.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { askBudgets, useBudgetQuestion } from './ask.ts'
import { MeterBar } from './meter-bar.tsx'
import { exactMoney, moneyWords } from './words.ts'

const BudgetDialog = lazyPart(() => import('./budget-dialog.tsx').then((part) => ({ default: part.BudgetDialog })))

const openBudgets = () => askBudgets({ newFor: null })

const commands: readonly Command[] = [
  { id: 'budgets.open', title: 'Budgets, spend and prices', group: 'Organisation', run: openBudgets },
]

/** What was spent today of what may be; a click opens budgets, spend and prices. */
export function BudgetGauge({ orgId }: { orgId: OrgId }) {
  const question = useBudgetQuestion()
  const budgets = useQuery(trpc.budgets.list.queryOptions({ orgId })).data
  const today = useQuery(trpc.budgets.today.queryOptions({ orgId })).data
  useCommands(commands)
  const shown = budgets && shownBudget(budgets)
  const waiting = budgets?.reduce((sum, budget) => sum + budget.waiting, 0) ?? 0
  const limit = shown?.limits.money ?? null
  return (
    <>
      <Tooltip label={today ? exactWords(today.cost, shown) : 'Reading what was spent'}>
        <button
          type="button"
          onClick={openBudgets}
          className={classes(
            'flex h-7 shrink-0 items-center gap-1.5 rounded-6 border px-2 text-13 whitespace-nowrap text-fg-2 transition-colors hover:bg-hover',
            waiting > 0 ? 'border-state-waiting' : 'border-line',
          )}
        >
          <span className="sr-only">Budgets:</span>
          <span className="hidden wide:inline">{shown?.period === 'month' ? 'Month' : 'Today'}</span>
          <span className="font-mono text-fg tabular-nums">
            {moneyWords(shown ? shown.used.money : (today?.cost ?? 0))}
          </span>
          {shown && limit !== null && (
            <>
              <span className="hidden w-14 wide:block">
                <MeterBar used={shown.used.money} reserved={shown.reserved.money} limit={limit} />
              </span>
              <span className="sr-only">of</span>
              <span className="hidden font-mono tabular-nums wide:inline">{moneyWords(limit)}</span>
            </>
          )}
          {waiting > 0 && <span className="text-state-waiting">{waiting} waiting</span>}
        </button>
      </Tooltip>
      {question && (
        <Suspense>
          <BudgetDialog orgId={orgId} newFor={question.newFor} onClose={() => askBudgets(undefined)} />
        </Suspense>
      )}
    </>
  )
}

/** The organisation's money of the day, else of the month. */
function shownBudget(budgets: readonly Budget[]): Budget | undefined {
  const ofOrg = budgets.filter(({ scope, limits }) => scope === 'org' && limits.money !== null)
  return ofOrg.find(({ period }) => period === 'day') ?? ofOrg.find(({ period }) => period === 'month')
}

function exactWords(today: number, budget: Budget | undefined): string {
  if (!budget) return `${exactMoney(today)} spent today (UTC); no budget limits the organisation`
  const when = budget.period === 'month' ? 'this month' : 'today'
  const held = budget.reserved.money > 0 ? `, ${exactMoney(budget.reserved.money)} held by calls under way` : ''
  return `${exactMoney(budget.used.money)} of ${exactMoney(budget.limits.money ?? 0)} spent ${when} (UTC)${held}`
}
