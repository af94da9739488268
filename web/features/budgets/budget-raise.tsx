import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Budget, BudgetWait } from '#shared/budgets/contract.ts'
import { whoMayRaise } from '#shared/budgets/explain-lack.ts'
import { type Metered, meteredThings } from '#shared/budgets/periods.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { mayAs } from '#shared/policies.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useRole } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readAmount, suggestRaise, writeAmount } from './amounts.ts'
import { PriceForm } from './price-form.tsx'
import { useSetBudget } from './use-set-budget.ts'
import { amountWords, maySet, meteredWords } from './words.ts'

/**
 * For work that waits for budget: raises the budget it waits for, or prices the model, right where the wait is shown. Draws
 * nothing where it waits for something else. The reason itself is the delegation's own and stands beside it.
 */
export function BudgetRaise({ orgId, delegationId }: { orgId: OrgId; delegationId: DelegationId }) {
  const role = useRole(orgId)
  const wait = useQuery({ ...trpc.budgets.waitOf.queryOptions({ orgId, delegationId }), staleTime: 0 }).data
  if (!wait || role === undefined) return null
  if (wait.kind === 'price') {
    if (!mayAs(role, 'budgets.prices.write')) return <AskSomebody words="An admin or owner can set the price." />
    const unknown = { model: wait.model, source: 'unknown', input: null, output: null, cacheRead: null } as const
    return <PriceForm orgId={orgId} price={unknown} />
  }
  if (!maySet(role, wait.budget.scope)) return <AskSomebody words={whoCan(role, wait.budget)} />
  // Another budget may be the next in the way: it gets a form of its own.
  return <RaiseForm key={wait.budget.id} orgId={orgId} wait={wait} />
}

type WaitForBudget = Extract<BudgetWait, { kind: 'budget' }>

function RaiseForm({ orgId, wait }: { orgId: OrgId; wait: WaitForBudget }) {
  const { budget } = wait
  const what = lackOf(wait)
  const limit = budget.limits[what] ?? 0
  const [text, setText] = useState(() => writeAmount(what, suggestRaise(limit, missingOf(wait, what))))
  const set = useSetBudget()
  const amount = readAmount(what, text)
  const isRaise = amount !== undefined && amount > limit
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isRaise) return
    const { scope, workspaceId, period, limits } = budget
    set.mutate({ orgId, scope, workspaceId, period, limits: { ...limits, [what]: amount } })
  }
  return (
    <form onSubmit={submit} noValidate aria-label="Raise the budget" className="mt-2 flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <div className="w-32">
          <TextField
            label={what === 'money' ? 'New limit in $' : `New limit: ${meteredWords[what].toLowerCase()}`}
            value={text}
            inputMode="decimal"
            onChange={setText}
          />
        </div>
        <Button type="submit" isBusy={set.isPending} disabled={!isRaise}>
          {isRaise ? `Raise to ${amountWords(what, amount)}` : 'Raise'}
        </Button>
      </div>
      {!isRaise && (
        <p role="alert" className="text-12 text-danger">
          Give more than {amountWords(what, limit)}, the limit now.
        </p>
      )}
      {set.error && <ErrorPanel title={readProblem(set.error).message}>{readProblem(set.error).fix}</ErrorPanel>}
    </form>
  )
}

function AskSomebody({ words }: { words: string }) {
  return <p className="mt-2 text-12 text-fg-2">{words}</p>
}

function whoCan(role: Role, { scope }: Budget): string {
  return `${whoMayRaise(scope)} can raise the budget; your role is ${role}.`
}

/** Which of the budget's limits has no room for the next call. */
function lackOf(wait: WaitForBudget): Metered {
  const { limits } = wait.budget
  const lacking = meteredThings.find((what) => {
    const limit = limits[what]
    return limit !== null && missingOf(wait, what) > 0
  })
  return lacking ?? meteredThings.find((what) => limits[what] !== null) ?? 'money'
}

/** By how much the next call passes the limit. */
function missingOf({ budget, needed }: WaitForBudget, what: Metered): number {
  const limit = budget.limits[what] ?? 0
  if (what === 'money' || what === 'tokens') {
    if (needed[what] === 0) return 0
    return budget.used[what] + budget.reserved[what] + needed[what] - limit
  }
  return budget.used[what] + 1 - limit
}
