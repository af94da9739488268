import { useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { mayAs } from '#shared/policies.ts'
import { type Command, useCommands } from '#web/kernel/commands.ts'
import { useRole } from '#web/kernel/may.ts'
import { usePlaces } from './places.ts'
import { settingsNames } from './settings/settings-names.ts'
import { useSettings } from './settings/use-settings.ts'

/** Leads from the palette to the pages of an org and to each section of its settings; draws nothing. */
export function PlaceCommands({ orgId }: { orgId: OrgId }) {
  const { openGraph, openAudit } = usePlaces(orgId)
  const { open } = useSettings()
  const role = useRole(orgId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ways mean the same on every render of one page.
  const commands = useMemo((): Command[] => {
    const sections = settingsNames.filter(
      ({ permission }) => permission === undefined || (role !== undefined && mayAs(role, permission)),
    )
    return [
      { id: 'place.graph', title: 'Open the graph', group: 'View', run: openGraph },
      ...(openAudit ? [{ id: 'place.audit', title: 'Open the audit', group: 'View', run: openAudit }] : []),
      ...sections.map(({ id, title }) => ({
        ...{ id: `settings.${id}`, title: `Settings: ${title}`, group: 'Settings' },
        run: () => open(id),
      })),
    ]
  }, [orgId, role, openAudit === undefined])
  useCommands(commands)
  return null
}
