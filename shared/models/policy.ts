import type { Policy } from '../orgs/permission.ts'

export const modelsPolicy = {
  'models.read': { lowest: 'viewer', to: 'see models and their prices' },
  'models.test': { lowest: 'manager', to: 'try models, which costs a little' },
  'models.aliases.write': { lowest: 'admin', to: 'change what names of models stand for' },
} as const satisfies Policy<'models'>
