import type { Policy } from '../orgs/permission.ts'

export const viewsPolicy = {
  'views.keep': { lowest: 'viewer', to: 'keep their own views of the graph', inPerson: true },
} as const satisfies Policy<'views'>
