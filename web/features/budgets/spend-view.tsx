import { useQuery } from '@tanstack/react-query'
import type { SpendLine } from '#shared/budgets/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../kernel/trpc.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import { Loaded } from './loaded.tsx'
import { exactMoney, moneyWords } from './words.ts'

type Line = SpendLine & { key: string; name: string; today: number }

/** What was really used, by whom and on which model. */
export function SpendView({ orgId }: { orgId: OrgId }) {
  const spend = useQuery({ ...trpc.budgets.spend.queryOptions({ orgId }), staleTime: 0 })
  const names = new Map<string, string>(useWorkspaces(orgId).map(({ id, name }) => [id, name]))
  return (
    <Loaded query={spend} label="Loading what was spent">
      {({ today, month, byWorkspace, byModel }) => (
        <div className="flex flex-col gap-4 p-2">
          <dl className="grid grid-cols-2 gap-3">
            <Total title="Today" line={today} />
            <Total title="This month" line={month} />
          </dl>
          <SpendTable
            title="By workspace, this month"
            first="Workspace"
            lines={byWorkspace.map((line) => ({
              ...line,
              key: line.workspaceId,
              name: names.get(line.workspaceId) ?? 'A removed workspace',
            }))}
          />
          <SpendTable
            title="By model, this month"
            first="Model"
            lines={byModel.map((line) => ({ ...line, key: line.model ?? 'tools', name: line.model ?? 'Tool calls' }))}
          />
          <p className="text-12 text-fg-2">
            Days and months are UTC. Calls under way count once they end; a call nobody knows the end of counts its
            worst case.
          </p>
        </div>
      )}
    </Loaded>
  )
}

function Total({ title, line }: { title: string; line: SpendLine }) {
  return (
    <div className="rounded-6 border border-line px-3 py-2">
      <dt className="text-12 text-fg-2">{title}</dt>
      <dd className="font-mono text-20 tabular-nums" title={exactMoney(line.cost)}>
        {moneyWords(line.cost)}
      </dd>
      <dd className="text-12 text-fg-2 tabular-nums">
        {line.calls.toLocaleString('en-US')} calls · {line.tokens.toLocaleString('en-US')} tokens
      </dd>
    </div>
  )
}

function SpendTable({ title, first, lines }: { title: string; first: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null
  return (
    <table className="w-full text-13">
      <caption className="pb-1 text-left text-12 text-fg-2">{title}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">Calls</th>
          <th scope="col">Tokens</th>
          <th scope="col">Today</th>
          <th scope="col">This month</th>
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {lines.map((line) => (
          <tr key={line.key} className="border-t border-line">
            <th scope="row" className="max-w-0 truncate py-1 text-left font-normal" title={line.name}>
              {line.name}
            </th>
            <td className="w-24 py-1 text-right text-12 text-fg-2">{line.calls.toLocaleString('en-US')} calls</td>
            <td className="w-32 py-1 text-right text-12 text-fg-2">{line.tokens.toLocaleString('en-US')} tokens</td>
            <td className="hidden w-32 py-1 text-right text-12 text-fg-2 wide:table-cell">
              {moneyWords(line.today)} today
            </td>
            <td className="w-24 py-1 text-right font-mono" title={exactMoney(line.cost)}>
              {moneyWords(line.cost)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
