import type { ApprovalView, ListApprovals } from '#shared/approvals/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { type ApprovalRow, countPending, selectApprovals } from './store.ts'

/** What waits, oldest first, or what was answered, newest first; and how many wait in all. */
export async function listApprovals(
  context: OrgContext,
  page: Omit<ListApprovals, 'orgId'>,
): Promise<{ approvals: ApprovalView[]; pending: number }> {
  requireMay(context, 'approvals.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [rows, pending] = await Promise.all([selectApprovals(reader, page), countPending(reader)])
    return { approvals: rows.map(present), pending }
  })
}

export function present(row: ApprovalRow): ApprovalView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }
}
