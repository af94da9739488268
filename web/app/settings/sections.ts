import type { ComponentType } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { OrganisationSection, PeopleSection } from '../../features/people/index.ts'
import type { SettingsId } from './settings-names.ts'

type Section = ComponentType<{ orgId: OrgId }>

/** What each section draws, fetched when it is opened. One with something unsaved says so by `useUnsaved` of `web/kernel/unsaved.ts`. */
export const settingsSections: Readonly<Record<SettingsId, Section>> = {
  secrets: lazyPart(() =>
    import('../../features/secrets/secrets-section.tsx').then((part) => ({ default: part.SecretsSection })),
  ),
  models: lazyPart(() => import('../../features/models/index.ts').then((part) => ({ default: part.ModelsSection }))),
  tools: lazyPart(() => import('../../features/mcp/mcp-section.tsx').then((part) => ({ default: part.McpSection }))),
  sandbox: lazyPart(() =>
    import('../../features/sandbox/server/sandbox-section.tsx').then((part) => ({ default: part.SandboxSection })),
  ),
  keys: lazyPart(() => import('../../features/keys/index.ts').then((part) => ({ default: part.KeysSection }))),
  notify: lazyPart(() => import('../../features/notify/index.ts').then((part) => ({ default: part.NotifySection }))),
  people: PeopleSection,
  organisation: OrganisationSection,
  limits: lazyPart(() => import('../../features/limits/index.ts').then((part) => ({ default: part.LimitsSection }))),
  account: lazyPart(() => import('../../features/account/index.ts').then((part) => ({ default: part.AccountSection }))),
  display: lazyPart(() => import('./display-section.tsx').then((part) => ({ default: part.DisplaySection }))),
}
