import type { Policy } from '../orgs/permission.ts'

export const schedulesPolicy = {
  'schedules.read': { lowest: 'viewer', to: 'see schedules' },
  'schedules.write': { lowest: 'member', to: 'change schedules' },
  'schedules.run': { lowest: 'member', to: 'run schedules' },
} as const satisfies Policy<'schedules'>
