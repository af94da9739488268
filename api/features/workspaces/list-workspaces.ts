import type { WorkspaceList } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { listLiving } from './load-chart.ts'
import { present } from './present.ts'
import { selectSeq } from './store.ts'

/** All living workspaces and the event number they are true at: whoever follows the log from there misses nothing. */
export async function listWorkspaces(context: OrgContext): Promise<WorkspaceList> {
  requireMay(context, 'workspaces.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, async (reader) => {
    const [seq, living] = await Promise.all([selectSeq(reader), listLiving(reader)])
    return { seq, workspaces: living.map(present) }
  })
}
