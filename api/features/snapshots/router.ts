import { OrgInput } from '#shared/orgs/contract.ts'
import { RestoreSnapshot, SnapshotInput, TakeSnapshot } from '#shared/snapshots/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { deleteSnapshot, listSnapshots } from './list-snapshots.ts'
import { restoreKept } from './restore-snapshot.ts'
import { takeSnapshot } from './take-snapshot.ts'

/** Files go over HTTP: see routes.ts. */
export const snapshotsRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listSnapshots(ctx.org)),
  take: orgProcedure.input(TakeSnapshot).mutation(({ ctx, input }) => takeSnapshot(ctx.org, input)),
  delete: orgProcedure.input(SnapshotInput).mutation(({ ctx, input }) => deleteSnapshot(ctx.org, input.snapshotId)),
  /** Into a fresh org, which the person owns. */
  restore: orgProcedure.input(RestoreSnapshot).mutation(({ ctx, input }) => restoreKept(ctx.org, input)),
})
