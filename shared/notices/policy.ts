import type { Policy } from '../orgs/permission.ts'

export const noticesPolicy = {
  'notices.read': { lowest: 'viewer', to: 'read your notices', inPerson: true },
} as const satisfies Policy<'notices'>
