import { type FormEvent, useState } from 'react'
import type { Budget } from '#shared/budgets/contract.ts'
import {
  type BudgetPeriod,
  type BudgetScope,
  budgetPeriods,
  budgetScopes,
  meteredThings,
} from '#shared/budgets/periods.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type LimitTexts, readLimits, writeLimits } from './amounts.ts'
import { useSetBudget } from './use-set-budget.ts'
import { maySet, meteredWords, periodWords, scopeWords, whoseWords } from './words.ts'

type BudgetFormProps = {
  orgId: OrgId
  /** The one to change; without it a new one is made. */
  budget?: Budget
  /** Whose budget to begin with, for a new one. */
  newFor?: WorkspaceId | null
  /** All there are: setting one of them again replaces its limits. */
  budgets: readonly Budget[]
  workspaces: readonly Workspace[]
  role: Role | undefined
  onClose: () => void
}

/** Whose work, in which period, and up to what. */
export function BudgetForm({ orgId, budget, newFor = null, budgets, workspaces, role, onClose }: BudgetFormProps) {
  const [scope, setScope] = useState<BudgetScope>(
    budget?.scope ?? (newFor === null && maySet(role, 'org') ? 'org' : 'subtree'),
  )
  const [chosen, setChosen] = useState<WorkspaceId | null>(budget?.workspaceId ?? newFor ?? workspaces[0]?.id ?? null)
  const [period, setPeriod] = useState<BudgetPeriod>(budget?.period ?? 'day')
  const [texts, setTexts] = useState<LimitTexts>(() => writeLimits(budget?.limits))
  const set = useSetBudget()
  const { limits, wrong } = readLimits(texts)
  const isEmpty = Object.values(limits).every((limit) => limit === null)
  const workspaceId = scope === 'org' ? null : chosen
  const known = budgets.some(
    (one) => one.scope === scope && one.workspaceId === workspaceId && one.period === period && one.id !== budget?.id,
  )
  const canSet = wrong.length === 0 && !isEmpty && (scope === 'org' || chosen !== null)
  const nameOf = (id: string) => workspaces.find((workspace) => workspace.id === id)?.name ?? 'A removed workspace'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canSet || set.isPending) return
    set.mutate({ orgId, scope, workspaceId, period, limits }, { onSuccess: onClose })
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={budget ? 'Change the budget' : 'New budget'}
      className="my-2 flex flex-col gap-3 rounded-6 border border-line bg-surface-2 p-3"
    >
      {budget ? (
        <p className="text-13 font-medium">
          {whoseWords(budget, nameOf)} <span className="font-normal text-fg-2">{periodWords[budget.period]}</span>
        </p>
      ) : (
        <div className="grid gap-3 wide:grid-cols-3">
          <Select
            label="Whose work"
            value={scope}
            options={budgetScopes.map((value) => ({
              value,
              label: scopeWords[value],
              isDisabled: !maySet(role, value) || (value !== 'org' && workspaces.length === 0),
            }))}
            onChange={setScope}
          />
          {scope !== 'org' && chosen !== null && (
            <Select
              label="Workspace"
              value={chosen}
              options={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setChosen}
            />
          )}
          <Select
            label="Counted together"
            value={period}
            options={budgetPeriods.map((value) => ({ value, label: periodWords[value] }))}
            onChange={setPeriod}
          />
        </div>
      )}
      <fieldset className="grid grid-cols-2 gap-3 wide:grid-cols-5">
        <legend className="mb-1 text-12 text-fg-2">At most; an empty field limits nothing</legend>
        {meteredThings.map((what) => (
          <TextField
            key={what}
            label={what === 'money' ? 'Money in $' : meteredWords[what]}
            value={texts[what]}
            inputMode="decimal"
            placeholder={what === 'money' ? '5.00' : undefined}
            error={wrong.includes(what) ? wrongWords(what) : undefined}
            onChange={(text) => setTexts({ ...texts, [what]: text })}
            data-autofocus={what === 'money' || undefined}
          />
        ))}
      </fieldset>
      {known && (
        <p className="text-12 text-state-waiting">There is such a budget already: its limits are replaced by these.</p>
      )}
      {set.error && <ErrorPanel title={readProblem(set.error).message}>{readProblem(set.error).fix}</ErrorPanel>}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={set.isPending} disabled={!canSet}>
          {budget ? 'Change the limits' : known ? 'Replace its limits' : 'Set the budget'}
        </Button>
      </div>
    </form>
  )
}

function wrongWords(what: string): string {
  return what === 'money' ? 'Give dollars, such as 0.50.' : 'Give a whole number.'
}
