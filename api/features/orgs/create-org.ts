import { OrgId, type UserId } from '#shared/kernel/ids.ts'
import { type ContactPolicy, OrgName } from '#shared/orgs/contract.ts'
import type { OrgContext, Origin } from '../../kernel/actor.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { insertMember, insertOrg } from './store.ts'

type NewOrg = {
  name: string
  owner: { id: UserId; name: string }
  contactPolicy?: ContactPolicy
  origin?: Origin | undefined
}

/** A new org with its owner. Gives the context in which that owner acts there. */
export async function createOrg(db: Db, input: NewOrg): Promise<OrgContext> {
  const { context } = await createOrgWith(db, input, async () => {})
  return context
}

/** The same, with what `fill` writes into it: both are there, or neither. */
export async function createOrgWith<T>(
  db: Db,
  input: NewOrg,
  fill: (tx: Tx, context: OrgContext) => Promise<T>,
): Promise<{ context: OrgContext; filled: T }> {
  const orgId = OrgId.parse(uuidv7())
  const name = OrgName.parse(input.name)
  const context: OrgContext = {
    db,
    orgId,
    actor: { kind: 'person', userId: input.owner.id, name: input.owner.name, role: 'owner' },
    origin: input.origin,
  }
  const filled = await inTransaction(context, async (tx) => {
    await insertOrg(tx, name, input.contactPolicy ?? 'direct')
    await insertMember(tx, input.owner.id, 'owner')
    tx.tell({ type: 'org.created', payload: {} })
    return await fill(tx, context)
  })
  return { context, filled }
}
