import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { replaceName } from './store.ts'

/** The name it has already changes and tells nothing. */
export async function renameOrg(context: OrgContext, name: string): Promise<void> {
  requireMay(context, 'orgs.rename')
  await inTransaction(context, async (tx) => {
    if (await replaceName(tx, name)) tx.tell({ type: 'org.renamed', payload: { name } })
  })
}
