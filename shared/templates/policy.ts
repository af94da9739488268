import type { Policy } from '../orgs/permission.ts'

export const templatesPolicy = {
  'templates.import': { lowest: 'admin', to: 'import templates' },
} as const satisfies Policy<'templates'>
