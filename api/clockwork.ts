import { expireDue } from './features/approvals/expire-due.ts'
import { shortenLogs } from './features/audit/retention.ts'
import { sealLogs } from './features/audit/seal-logs.ts'
import { clearOldCounters, wakeBudgetWaits } from './features/budgets/index.ts'
import { eraseForgotten } from './features/memory/erase-store.ts'
import { tidyDue } from './features/memory/tidy.ts'
import { eraseDeletedOrgs } from './features/orgs/index.ts'
import { projectLogs } from './features/past/project-logs.ts'
import { fireDue } from './features/schedules/index.ts'
import { destroyOldSecrets } from './features/secrets/index.ts'
import type { Db } from './kernel/db.ts'
import { measureUsage } from './kernel/limits/quota-store.ts'
import { rotateDue } from './kernel/vault/rotate.ts'
import { dropOldRotations } from './kernel/vault/rotate-store.ts'

/** What is done by the clock: claimed in the database, so that any number of nodes may try. */
export type ClockJob = { name: string; everyMs: number; run(db: Db): Promise<void> }

/** One line a feature. */
export const clockwork: readonly ClockJob[] = [
  { name: 'erase-forgotten', everyMs: 3_600_000, run: eraseForgotten },
  { name: 'tidy-memories', everyMs: 3_600_000, run: tidyDue },
  { name: 'approvals', everyMs: 1_000, run: expireDue },
  { name: 'budget-waits', everyMs: 1_000, run: wakeBudgetWaits },
  { name: 'budget-counters', everyMs: 3_600_000, run: clearOldCounters },
  { name: 'usage', everyMs: 15_000, run: measureUsage },
  { name: 'key-rotations', everyMs: 2_000, run: rotateDue },
  { name: 'old-key-rotations', everyMs: 3_600_000, run: dropOldRotations },
  { name: 'projections', everyMs: 10_000, run: (db) => projectLogs(db) },
  { name: 'seal-logs', everyMs: 1_000, run: sealLogs },
  { name: 'shorten-logs', everyMs: 3_600_000, run: shortenLogs },
  { name: 'erase-orgs', everyMs: 2_000, run: (db) => eraseDeletedOrgs(db) },
  { name: 'schedules', everyMs: 1_000, run: fireDue },
  { name: 'destroy-secrets', everyMs: 3_600_000, run: destroyOldSecrets },
]
