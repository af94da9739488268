import type { Permission } from '#shared/policies.ts'

/** Stands in the address. */
export type SettingsId =
  | 'secrets'
  | 'models'
  | 'tools'
  | 'sandbox'
  | 'keys'
  | 'notify'
  | 'people'
  | 'organisation'
  | 'limits'
  | 'account'
  | 'display'

type SettingsName = {
  id: SettingsId
  title: string
  /** Offered only to those who may do this here. */
  permission?: Permission
}

/** The sections of the settings in the order they stand, known before any of them is fetched. */
export const settingsNames: readonly SettingsName[] = [
  { id: 'secrets', title: 'Secrets', permission: 'secrets.read' },
  { id: 'models', title: 'Models', permission: 'models.read' },
  { id: 'tools', title: 'Tools', permission: 'mcp.read' },
  { id: 'sandbox', title: 'Code', permission: 'sandbox.read' },
  { id: 'keys', title: 'Keys', permission: 'keys.read' },
  { id: 'notify', title: 'Notifying', permission: 'notify.read' },
  { id: 'people', title: 'People', permission: 'people.read' },
  { id: 'organisation', title: 'Organisation', permission: 'orgs.read' },
  { id: 'limits', title: 'Limits', permission: 'orgs.read' },
  { id: 'account', title: 'Account' },
  { id: 'display', title: 'Display' },
]
