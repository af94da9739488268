import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { mayAs } from '#shared/policies.ts'
import { useRole } from '../../kernel/may.ts'
import { Drawer } from '../../ui/drawer.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { settingsSections } from './sections.ts'
import { settingsNames } from './settings-names.ts'
import { UnsavedGuard } from './unsaved-guard.tsx'

export type SettingsDrawerProps = {
  orgId: OrgId
  section: string
  onSection: (id: string) => void
  onClose: () => void
}

/** Everything an organisation and a person can set, one tab a section. */
export function SettingsDrawer({ orgId, section, onSection, onClose }: SettingsDrawerProps) {
  const role = useRole(orgId)
  // Not before it is known what is offered: the keyboard would land on a tab that is none of those asked for.
  if (role === undefined) return null
  const offered = settingsNames.filter(({ permission }) => permission === undefined || mayAs(role, permission))
  const active = offered.find(({ id }) => id === section) ?? offered[0]
  if (!active) return null
  const Section = settingsSections[active.id]
  return (
    <Drawer isOpen onClose={onClose} title="Settings">
      <Tabs
        label="Sections of the settings"
        tabs={offered.map(({ id, title }) => ({ id, label: title }))}
        active={active.id}
        activation="manual"
        onSelect={onSection}
      >
        <Suspense fallback={<Loading title={active.title} />}>
          <Section orgId={orgId} />
        </Suspense>
      </Tabs>
      <UnsavedGuard />
    </Drawer>
  )
}

function Loading({ title }: { title: string }) {
  return (
    <div className="p-4">
      <SkeletonLines count={6} label={`Loading ${title.toLowerCase()}`} />
    </div>
  )
}
