import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { noSuchOrg } from '../../kernel/trpc.ts'
import { eraseLeaves, eraseOrg, findName, orgsToErase, shutDoors } from './store.ts'

/** Tells all work of the org to end, for the reason given; what it answers is called after the commit. */
export type EndWork = (tx: Tx, context: OrgContext, why: string) => Promise<() => Promise<void>>

/**
 * Ends an organisation for good. In one transaction nobody is in it any more, its keys open nothing and its work is told to
 * end; when that has ended, its rows go, every one of them.
 */
export async function deleteOrg(context: OrgContext, typedName: string, endWork: EndWork): Promise<void> {
  requireMay(context, 'orgs.delete')
  const tellWorkers = await inTransaction(context, async (tx) => {
    const name = await findName(tx)
    if (typedName.trim() !== name) {
      throw new AppError('bad-input', 'This is not the name of the organisation.', {
        field: 'name',
        fix: `Type ${name}, exactly so.`,
      })
    }
    const tell = await endWork(tx, context, `${context.actor.name} deleted the organisation.`)
    if (!(await shutDoors(tx))) throw noSuchOrg()
    tx.tell({ type: 'org.deleted', payload: {} })
    return tell
  })
  await tellWorkers()
}

const piece = 5_000
/** Until then those who looked at it have heard of its end. */
const patienceSeconds = 5

/** Takes the rows of ended orgs away, by the clock. */
export async function eraseDeletedOrgs(db: Db, { patience = patienceSeconds } = {}): Promise<void> {
  for (const orgId of await orgsToErase(db, patience)) {
    const context: OrgContext = { db, orgId, actor: { kind: 'system', name: 'orgs' } }
    while ((await inTransaction(context, (tx) => eraseLeaves(tx, piece))) > 0);
    await inTransaction(context, eraseOrg)
  }
}
