import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { mayAs } from '#shared/policies.ts'
import { type Command, useCommands } from '#web/kernel/commands.ts'
import { useRole } from '#web/kernel/may.ts'
import { trpc } from '#web/kernel/trpc.ts'
import { offerWordLinks } from '#web/ui/word-links.ts'
import { askNewOrg } from '../features/people/index.ts'
import { usePlaces } from './places.ts'
import { settingsNames } from './settings/settings-names.ts'
import { useSettings } from './settings/use-settings.ts'
import { useSignOut } from './use-sign-out.ts'

/** Leads from the palette to the pages of an org and to each section of its settings; draws nothing. */
export function PlaceCommands({ orgId }: { orgId: OrgId }) {
  const { openGraph, openAudit } = usePlaces(orgId)
  const { open } = useSettings()
  const navigate = useNavigate()
  const leave = useSignOut()
  const role = useRole(orgId)
  const orgs = useQuery(trpc.orgs.list.queryOptions()).data
  const others = useMemo(() => orgs?.filter(({ id }) => id !== orgId) ?? [], [orgs, orgId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ways mean the same on every render of one page.
  const commands = useMemo((): Command[] => {
    return [
      { id: 'place.graph', title: 'Open the graph', group: 'View', run: openGraph },
      ...(openAudit ? [{ id: 'place.audit', title: 'Open the audit', group: 'View', run: openAudit }] : []),
      { id: 'org.new', title: 'New organisation…', group: 'Organisation', run: () => askNewOrg(true) },
      ...others.map(({ id, name }) => ({
        ...{ id: `org.open-${id}`, title: `Switch to ${name}`, group: 'Organisation' },
        run: () => void navigate({ to: '/o/$orgId', params: { orgId: id }, search: {} }),
      })),
      { id: 'account.sign-out', title: 'Sign out', group: 'Account', run: () => void leave() },
      ...allowedSections(role).map(({ id, title }) => ({
        ...{ id: `settings.${id}`, title: `Settings: ${title}`, group: 'Settings' },
        run: () => open(id),
      })),
    ]
  }, [orgId, role, others, openAudit === undefined])
  useCommands(commands)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ways mean the same on every render of one page.
  useEffect(() => {
    const links = allowedSections(role).map(({ id, title }) => ({ words: `Settings, ${title}`, run: () => open(id) }))
    return offerWordLinks(links)
  }, [role])
  return null
}

function allowedSections(role: ReturnType<typeof useRole>) {
  return settingsNames.filter(
    ({ permission }) => permission === undefined || (role !== undefined && mayAs(role, permission)),
  )
}
