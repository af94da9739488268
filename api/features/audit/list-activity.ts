import type { ActivityPage, ListActivity } from '#shared/audit/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { findActivity } from './store.ts'

/** A page of the log of one living workspace; not-found for one of another org. */
export async function listActivity(context: OrgContext, input: ListActivity): Promise<ActivityPage> {
  requireMay(context, 'audit.activity.read')
  const { workspaceId, limit, cursor = Number.MAX_SAFE_INTEGER } = input
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    const events = await findActivity(reader, workspaceId, cursor, limit)
    return { events, next: events.length < limit ? null : (events.at(-1)?.seq ?? null) }
  })
}
