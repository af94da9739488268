import type { Policy } from '../orgs/permission.ts'

export const snapshotsPolicy = {
  'snapshots.read': { lowest: 'viewer', to: 'see which snapshots there are' },
  'snapshots.take': { lowest: 'admin', to: 'take snapshots' },
  'snapshots.download': { lowest: 'admin', to: 'download snapshots' },
  'snapshots.restore': { lowest: 'admin', to: 'restore snapshots' },
  'snapshots.delete': { lowest: 'admin', to: 'delete snapshots' },
} as const satisfies Policy<'snapshots'>
