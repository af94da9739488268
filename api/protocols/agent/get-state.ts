import { AppError } from '#shared/kernel/app-error.ts'
import { inSnapshot } from '../../kernel/db.ts'
import type { AgentContext } from './require-agent.ts'
import { headOfLog, readState, type StateRow, selectPending } from './state-store.ts'

const pageSize = 100

/**
 * How the workspace stands and what happened since `cursor`: each event once, as long as the next question carries the cursor
 * of this answer. Without one the answer holds no events, and a cursor to go on from.
 */
export async function getState({ context, workspaceId }: AgentContext, cursor: number | undefined) {
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [state, head] = await Promise.all([readState(reader, workspaceId), headOfLog(reader)])
    if (!state) throw new AppError('not-found', 'There is no such workspace.')
    const from = Math.min(cursor ?? head, head)
    const found = await selectPending(reader, { workspaceId, cursor: from, upTo: head, limit: pageSize + 1 })
    const events = found.slice(0, pageSize)
    const hasMore = found.length > pageSize
    return {
      status: statusOf(state),
      paused: state.isPaused,
      frozen: state.isFrozen,
      deleted_at: state.deletedAt?.toISOString() ?? null,
      pending_events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
      cursor: String(hasMore ? (events.at(-1)?.seq ?? head) : head),
      has_more: hasMore,
    }
  })
}

function statusOf({ deletedAt, isPaused }: StateRow): 'removed' | 'paused' | 'online' {
  if (deletedAt) return 'removed'
  return isPaused ? 'paused' : 'online'
}
