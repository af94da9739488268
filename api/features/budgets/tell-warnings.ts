import type { Tx } from '../../kernel/db.ts'
import type { Warning } from './charge-store.ts'

/** Each threshold is told once a period; the database counts. */
export function tellWarnings(tx: Tx, warnings: readonly Warning[]): void {
  for (const payload of warnings) tx.tell({ type: 'budget.warned', payload })
}
