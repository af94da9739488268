import type { Policy } from '../orgs/permission.ts'

export const templatesPolicy = {
  'templates.export': { lowest: 'manager', to: 'export workspaces and organisations' },
  'templates.import': { lowest: 'admin', to: 'import templates' },
} as const satisfies Policy<'templates'>
