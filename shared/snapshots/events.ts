import { z } from 'zod'
import { SnapshotId } from '../kernel/ids.ts'

export const snapshotEvents = [
  z.object({ type: z.literal('snapshot.taken'), payload: z.object({ snapshotId: SnapshotId }) }),
  z.object({ type: z.literal('snapshot.deleted'), payload: z.object({ snapshotId: SnapshotId }) }),
  /** Told in the org that was made from it. */
  z.object({ type: z.literal('snapshot.restored'), payload: z.object({ snapshotId: SnapshotId }) }),
] as const
