import type { CallsOf } from '../call.ts'
import { inOrg } from '../inputs.ts'

const restored = [
  ...(['org.created', 'snapshot.restored', 'workspace.created', 'workspace.created', 'workspace.created'] as const),
  ...(['workspace.paused', 'delegation.queued'] as const),
]

export const snapshots: CallsOf<'snapshots'> = {
  list: { needs: 'snapshots.read', input: inOrg },
  take: { needs: 'snapshots.take', input: inOrg, tells: ['snapshot.taken'] },
  delete: {
    needs: 'snapshots.delete',
    input: ({ orgId, snapshotId }) => ({ orgId, snapshotId }),
    tells: ['snapshot.deleted'],
  },
  restore: {
    needs: 'snapshots.restore',
    input: ({ orgId, snapshotId }) => ({ orgId, snapshotId }),
    ...{ keys: 'of people', tells: restored },
  },
}
