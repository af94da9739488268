import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { Budget } from '#shared/budgets/contract.ts'
import { type Metered, meteredThings } from '#shared/budgets/periods.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import { askBudgets } from './ask.ts'
import { MeterBar } from './meter-bar.tsx'
import { amountWords, exactMoney, limitName, moneyWords, reservedOf } from './words.ts'

/** What a workspace spent, and every budget its work counts in: its own, those of teams it is in, the organisation's. */
export function WorkspaceLimits({ orgId, workspaceId }: { orgId: OrgId; workspaceId: WorkspaceId }) {
  const workspaces = useWorkspaces(orgId)
  const mayLimit = useMay(orgId, 'budgets.workspace.write')
  const spend = useQuery(trpc.budgets.spend.queryOptions({ orgId })).data
  const budgets = useQuery(trpc.budgets.list.queryOptions({ orgId })).data ?? []
  const parents = new Map(workspaces.map(({ id, parentId }) => [id, parentId]))
  const spent = spend?.byWorkspace.find((line) => line.workspaceId === workspaceId)
  const counted = budgets.filter((budget) => countsFor(budget, workspaceId, parents))
  const nameOf = (id: string) => workspaces.find((workspace) => workspace.id === id)?.name ?? 'a removed workspace'
  return (
    <section aria-label="Spend and limits" className="border-t border-line px-4 py-3">
      <div className="flex items-center justify-between">
        <h3 className="text-12 text-fg-2">Spend and limits</h3>
        {mayLimit && (
          <Button size="small" tone="ghost" icon={Plus} onClick={() => askBudgets({ newFor: workspaceId })}>
            Budget
          </Button>
        )}
      </div>
      <dl className="mt-1 flex flex-col gap-1.5 text-12">
        <Spent when="Today" cost={spent?.today ?? 0} />
        <Spent when="This month" cost={spent?.cost ?? 0} />
        {counted.flatMap((budget) =>
          meteredThings
            .filter((what) => budget.limits[what] !== null)
            .map((what) => (
              <Limit
                key={`${budget.id} ${what}`}
                budget={budget}
                what={what}
                name={limitName(budget, what, workspaceId, nameOf)}
              />
            )),
        )}
      </dl>
    </section>
  )
}

function Spent({ when, cost }: { when: string; cost: number }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-fg-2">{when}</dt>
      <dd className="font-mono tabular-nums" title={exactMoney(cost)}>
        {moneyWords(cost)}
      </dd>
    </div>
  )
}

function Limit({ budget, what, name }: { budget: Budget; what: Metered; name: string }) {
  const limit = budget.limits[what] ?? 0
  return (
    <div className="flex flex-wrap justify-between gap-x-3 gap-y-0.5">
      <dt className="min-w-0 break-words text-fg-2">{name}</dt>
      <dd className="font-mono tabular-nums">
        {amountWords(what, budget.used[what])} of {amountWords(what, limit)}
      </dd>
      <dd aria-hidden className="w-full">
        <MeterBar used={budget.used[what]} reserved={reservedOf(budget, what)} limit={limit} />
      </dd>
    </div>
  )
}

type Parents = ReadonlyMap<WorkspaceId, WorkspaceId | null>

function countsFor({ scope, workspaceId: of }: Budget, workspaceId: WorkspaceId, parents: Parents): boolean {
  if (scope === 'org' || of === workspaceId) return true
  if (scope !== 'subtree') return false
  const seen = new Set<WorkspaceId>()
  for (let id = parents.get(workspaceId); id && !seen.has(id); id = parents.get(id)) {
    if (id === of) return true
    seen.add(id)
  }
  return false
}
