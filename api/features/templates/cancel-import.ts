import type { CancelImport } from '#shared/templates/import.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { decideOutcome, type ImportOutcome, selectOutcome } from './store.ts'

/**
 * Ends an import that is under way and gives what became of it: `cancelled`, then nothing of it is there; or `done`, where
 * it was quicker. Asked after a lost connection it settles the question too.
 */
export async function cancelImport(
  context: OrgContext,
  { importId }: CancelImport,
): Promise<{ outcome: ImportOutcome }> {
  requireMay(context, 'templates.import')
  return await inTransaction(context, async (tx) => {
    if (await decideOutcome(tx, importId, 'cancelled')) return { outcome: 'cancelled' }
    return { outcome: (await selectOutcome(tx, importId)) ?? 'cancelled' }
  })
}
