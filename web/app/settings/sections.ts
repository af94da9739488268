import { type ComponentType, lazy } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { OrganisationSection, PeopleSection } from '../../features/people/index.ts'
import type { SettingsId } from './settings-names.ts'

type Section = ComponentType<{ orgId: OrgId }>

/** What each section draws, fetched when it is opened. One with something unsaved says so by `useUnsaved` of `web/kernel/unsaved.ts`. */
export const settingsSections: Readonly<Record<SettingsId, Section>> = {
  secrets: lazy(() =>
    import('../../features/secrets/secrets-section.tsx').then((part) => ({ default: part.SecretsSection })),
  ),
  models: lazy(() => import('../../features/models/index.ts').then((part) => ({ default: part.ModelsSection }))),
  tools: lazy(() => import('../../features/mcp/mcp-section.tsx').then((part) => ({ default: part.McpSection }))),
  sandbox: lazy(() =>
    import('../../features/sandbox/server/sandbox-section.tsx').then((part) => ({ default: part.SandboxSection })),
  ),
  keys: lazy(() => import('../../features/keys/index.ts').then((part) => ({ default: part.KeysSection }))),
  notify: lazy(() => import('../../features/notify/index.ts').then((part) => ({ default: part.NotifySection }))),
  people: PeopleSection,
  organisation: OrganisationSection,
  limits: lazy(() => import('../../features/limits/index.ts').then((part) => ({ default: part.LimitsSection }))),
  account: lazy(() => import('../../features/account/index.ts').then((part) => ({ default: part.AccountSection }))),
  display: lazy(() => import('./display-section.tsx').then((part) => ({ default: part.DisplaySection }))),
}
