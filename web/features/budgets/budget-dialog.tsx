import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { type Tab, Tabs } from '../../ui/tabs.tsx'
import { BudgetList } from './budget-list.tsx'
import { PriceList } from './price-list.tsx'
import { SpendView } from './spend-view.tsx'

const tabs = [
  { id: 'budgets', label: 'Budgets' },
  { id: 'spend', label: 'Spend' },
  { id: 'prices', label: 'Prices' },
] as const satisfies readonly Tab<string>[]
type TabId = (typeof tabs)[number]['id']

type BudgetDialogProps = {
  orgId: OrgId
  /** Opens with a new budget for this workspace. */
  newFor: WorkspaceId | null
  onClose: () => void
}

/** What may be spent, what was, and at which prices. */
export function BudgetDialog({ orgId, newFor, onClose }: BudgetDialogProps) {
  const [active, setActive] = useState<TabId>('budgets')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Budgets"
      description="Before each call its worst case is held in every budget it counts in. Without room it is not made, and the work waits."
      width="wide"
    >
      <div className="-mx-2 flex min-h-80 flex-col pb-3">
        <Tabs label="Budgets" tabs={tabs} active={active} onSelect={setActive}>
          {active === 'budgets' && <BudgetList orgId={orgId} newFor={newFor} />}
          {active === 'spend' && <SpendView orgId={orgId} />}
          {active === 'prices' && <PriceList orgId={orgId} />}
        </Tabs>
      </div>
    </Dialog>
  )
}
