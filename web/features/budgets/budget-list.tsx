import { useQuery } from '@tanstack/react-query'
import { Coins, Plus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import { BudgetForm } from './budget-form.tsx'
import { BudgetRow } from './budget-row.tsx'
import { Loaded } from './loaded.tsx'
import type { NameOf } from './words.ts'

/** All budgets, the organisation's first; one of them, or a new one, may be open for change. */
export function BudgetList({ orgId, newFor }: { orgId: OrgId; newFor: WorkspaceId | null }) {
  const [edited, setEdited] = useState<string | undefined>(newFor === null ? undefined : 'new')
  const role = useRole(orgId)
  const workspaces = useWorkspaces(orgId)
  const nameOf: NameOf = (id) => workspaces.find((workspace) => workspace.id === id)?.name ?? 'A removed workspace'
  const budgets = useQuery({ ...trpc.budgets.list.queryOptions({ orgId }), staleTime: 0 })
  const mayAdd = useMay(orgId, 'budgets.workspace.write')
  const close = () => setEdited(undefined)
  const add = (
    <Button icon={Plus} onClick={() => setEdited('new')}>
      New budget
    </Button>
  )
  return (
    <Loaded query={budgets} label="Loading the budgets">
      {(list) =>
        list.length === 0 && edited !== 'new' ? (
          <EmptyState icon={Coins} title="Nothing limits spending here" action={mayAdd ? add : undefined}>
            A budget ends surprises: set what the organisation may spend in a day, or one run at most.
            {!mayAdd && ' A manager, admin or owner can set one.'}
          </EmptyState>
        ) : (
          <div className="flex flex-col">
            <ul aria-label="Budgets">
              {list.map((budget) => (
                <li key={budget.id} className="border-b border-line last:border-0">
                  {edited === budget.id ? (
                    <BudgetForm
                      orgId={orgId}
                      budget={budget}
                      budgets={list}
                      workspaces={workspaces}
                      role={role}
                      onClose={close}
                    />
                  ) : (
                    <BudgetRow
                      orgId={orgId}
                      budget={budget}
                      role={role}
                      nameOf={nameOf}
                      onEdit={() => setEdited(budget.id)}
                    />
                  )}
                </li>
              ))}
            </ul>
            {edited === 'new' ? (
              <BudgetForm
                orgId={orgId}
                newFor={newFor}
                budgets={list}
                workspaces={workspaces}
                role={role}
                onClose={close}
              />
            ) : (
              mayAdd && <div className="px-2 pt-2">{add}</div>
            )}
          </div>
        )
      }
    </Loaded>
  )
}
