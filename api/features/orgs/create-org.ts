import { OrgId, type UserId } from '#shared/kernel/ids.ts'
import { type ContactPolicy, OrgName } from '#shared/orgs/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { insertMember, insertOrg } from './store.ts'

/** A new org with its owner. Gives the context in which that owner acts there. */
export async function createOrg(
  db: Db,
  input: { name: string; owner: { id: UserId; name: string }; contactPolicy?: ContactPolicy },
): Promise<OrgContext> {
  const orgId = OrgId.parse(uuidv7())
  const name = OrgName.parse(input.name)
  const context: OrgContext = {
    db,
    orgId,
    actor: { kind: 'person', userId: input.owner.id, name: input.owner.name, role: 'owner' },
  }
  await inTransaction(context, async (tx) => {
    await insertOrg(tx, name, input.contactPolicy ?? 'direct')
    await insertMember(tx, input.owner.id, 'owner')
    tx.tell({ type: 'org.created', payload: {} })
  })
  return context
}
