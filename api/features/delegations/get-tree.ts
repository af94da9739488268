import type { DelegationTree } from '#shared/delegations/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { presentDelegation } from './present.ts'
import { findDelegation, sizeOfTree, treeBelow } from './view-store.ts'

const maxShown = 200

/** The whole tree a delegation stands in, from what a person, a schedule or a channel gave down to its last part. */
export async function getTree(context: OrgContext, id: DelegationId): Promise<DelegationTree> {
  requireMay(context, 'delegations.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const found = await findDelegation(reader, id)
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    const [rows, total] = await Promise.all([
      treeBelow(reader, found.rootId, maxShown),
      sizeOfTree(reader, found.rootId),
    ])
    return { delegations: rows.map(presentDelegation), total }
  })
}
