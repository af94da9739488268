import type { PastAt, PastRange, PastView } from '#shared/past/contract.ts'
import { project } from '#shared/past/project.ts'
import type { PastState } from '#shared/past/state.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { presentPast } from './present-past.ts'
import { countInParts, selectEnds, selectEvents, selectHead, selectProjection, selectSeqAt } from './store.ts'

const pageSize = 2_000
const parts = 120

/** The org as its log tells it at a moment: the nearest projection, and the events after it. */
export async function seek(context: OrgContext, moment: PastAt['moment']): Promise<PastView> {
  requireMay(context, 'past.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const upTo = 'at' in moment ? await selectSeqAt(reader, moment.at) : moment.seq
    return await presentPast(reader, await stateAt(reader, upTo))
  })
}

/** Reads on from `from`, by default from the nearest projection. */
export async function stateAt(reader: Reader, upTo: number, from?: PastState): Promise<PastState> {
  let state = from ?? (await selectProjection(reader, upTo))
  for (;;) {
    const events = await selectEvents(reader, state.seq, upTo, pageSize)
    state = project(state, events)
    if (events.length < pageSize) return state
  }
}

export async function rangeOf(context: OrgContext): Promise<PastRange> {
  requireMay(context, 'past.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [ends, lastSeq] = await Promise.all([selectEnds(reader), selectHead(reader)])
    const buckets = await countInParts(reader, ends, parts)
    const text = (at: Date | null) => at?.toISOString() ?? null
    return { firstAt: text(ends.firstAt), lastAt: text(ends.lastAt), lastSeq, buckets }
  })
}
