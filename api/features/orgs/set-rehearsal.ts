import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { replaceRehearsal } from './store.ts'

/**
 * Switches between rehearsal and real models, for work that begins from now on; what has begun ends as it began. Setting what
 * it is already changes and tells nothing.
 */
export async function setRehearsal(context: OrgContext, isRehearsal: boolean): Promise<void> {
  requireMay(context, 'orgs.rehearsal.switch')
  await inTransaction(context, async (tx) => {
    if (!(await replaceRehearsal(tx, isRehearsal))) return
    tx.tell({ type: 'org.rehearsal-switched', payload: { isRehearsal } })
  })
}
