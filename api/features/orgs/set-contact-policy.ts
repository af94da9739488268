import type { ContactPolicy } from '#shared/orgs/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { replaceContactPolicy } from './store.ts'

/** Changes who may talk to whom in the whole org. Setting the policy it has already changes and tells nothing. */
export async function setContactPolicy(context: OrgContext, contactPolicy: ContactPolicy): Promise<void> {
  requireMay(context, 'orgs.contact-policy.write')
  await inTransaction(context, async (tx) => {
    const { wasChanged } = await replaceContactPolicy(tx, contactPolicy)
    if (wasChanged) tx.tell({ type: 'org.contact-policy-changed', payload: { contactPolicy } })
  })
}
