import { wakeBudgetWaits } from './features/budgets/index.ts'
import { eraseForgotten } from './features/memory/erase-store.ts'
import { fireDue } from './features/schedules/index.ts'
import type { Db } from './kernel/db.ts'

/** What is done by the clock: claimed in the database, so that any number of nodes may try. */
export type ClockJob = { name: string; everyMs: number; run(db: Db): Promise<void> }

/** One line a feature. */
export const clockwork: readonly ClockJob[] = [
  { name: 'erase-forgotten', everyMs: 3_600_000, run: eraseForgotten },
  { name: 'budget-waits', everyMs: 1_000, run: wakeBudgetWaits },
  { name: 'schedules', everyMs: 1_000, run: fireDue },
]
