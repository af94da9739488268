import { type ComponentType, lazy } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Permission } from '#shared/policies.ts'
import { OrganisationSection, PeopleSection } from '../../features/people/index.ts'

/** One tab of the settings: its id stands in the address, its part is fetched when it is opened. */
export type SettingsSection = {
  id: string
  title: string
  /** Offered only to those who may do this here. */
  permission?: Permission
  Section: ComponentType<{ orgId: OrgId }>
}

/** In the order they stand. A section with something unsaved says so by `useUnsaved` of `web/kernel/unsaved.ts`. */
export const settingsSections: readonly SettingsSection[] = [
  {
    id: 'secrets',
    title: 'Secrets',
    permission: 'secrets.read',
    Section: lazy(() =>
      import('../../features/secrets/secrets-section.tsx').then((part) => ({ default: part.SecretsSection })),
    ),
  },
  {
    id: 'keys',
    title: 'Keys',
    permission: 'keys.read',
    Section: lazy(() => import('../../features/keys/index.ts').then((part) => ({ default: part.KeysSection }))),
  },
  { id: 'people', title: 'People', permission: 'people.read', Section: PeopleSection },
  { id: 'organisation', title: 'Organisation', permission: 'orgs.read', Section: OrganisationSection },
  {
    id: 'limits',
    title: 'Limits',
    permission: 'orgs.read',
    Section: lazy(() => import('../../features/limits/index.ts').then((part) => ({ default: part.LimitsSection }))),
  },
  {
    id: 'account',
    title: 'Account',
    Section: lazy(() => import('../../features/account/index.ts').then((part) => ({ default: part.AccountSection }))),
  },
  {
    id: 'display',
    title: 'Display',
    Section: lazy(() => import('./display-section.tsx').then((part) => ({ default: part.DisplaySection }))),
  },
]
