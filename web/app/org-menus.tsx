import { useNavigate } from '@tanstack/react-router'
import {
  Archive,
  ChevronDown,
  CircleUserRound,
  Download,
  FolderInput,
  Hand,
  KeyRound,
  LayoutTemplate,
  Lock,
  Plus,
  Settings,
  Users,
} from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Org } from '#shared/orgs/contract.ts'
import { askApprovals } from '../features/approvals/index.ts'
import { companyEntries } from '../features/delegations/index.ts'
import { askNewOrg } from '../features/people/index.ts'
import { askSnapshots } from '../features/snapshots/index.ts'
import { askTemplates, downloadOrg } from '../features/templates/index.ts'
import { isMacPlatform, keyCaps } from '../kernel/keys.ts'
import { useMay } from '../kernel/may.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { useCommandEntries } from './command-entries.ts'
import { helpCommands } from './help-menu.tsx'
import { useSettings } from './settings/use-settings.ts'
import { useSignOut } from './use-sign-out.ts'

/** The name of the org; a click lists the person's others. */
export function OrgSwitch({ orgId, orgs, name }: { orgId: OrgId; orgs: readonly Org[]; name: string }) {
  const navigate = useNavigate()
  const settings = useSettings()
  const mayRule = useMay(orgId, 'approvals.rules.write')
  const maySecrets = useMay(orgId, 'secrets.read')
  const mayKeys = useMay(orgId, 'keys.read')
  const maySnap = useMay(orgId, 'snapshots.take')
  const mayImport = useMay(orgId, 'templates.import')
  const mayExport = useMay(orgId, 'templates.export')
  return (
    <Menu
      label="Organisations"
      align="start"
      entries={[
        {
          kind: 'choice',
          id: 'orgs',
          label: 'Organisations',
          value: orgId,
          choose: (id) => void navigate({ to: '/o/$orgId', params: { orgId: id }, search: {} }),
          options: orgs.map((org) => ({ value: org.id, label: org.name })),
        },
        { kind: 'rule', id: 'rule' },
        { id: 'new', label: 'New organisation…', icon: Plus, run: () => askNewOrg(true) },
        { id: 'templates', label: 'Templates…', icon: LayoutTemplate, run: () => askTemplates({ kind: 'gallery' }) },
        ...(mayImport
          ? [
              {
                id: 'import',
                label: 'Import…',
                icon: FolderInput,
                run: () => askTemplates({ kind: 'import' }),
              } as const,
            ]
          : []),
        ...(mayExport
          ? [{ id: 'export', label: 'Export as .zip', icon: Download, run: () => downloadOrg(orgId) } as const]
          : []),
        { kind: 'rule', id: 'settings-rule' },
        ...(maySecrets
          ? [{ id: 'secrets', label: 'Secrets…', icon: Lock, run: () => settings.open('secrets') } as const]
          : []),
        ...(mayKeys
          ? [{ id: 'keys', label: 'Keys of programs…', icon: KeyRound, run: () => settings.open('keys') } as const]
          : []),
        { id: 'people', label: 'People…', icon: Users, run: () => settings.open('people') },
        {
          id: 'organisation',
          label: 'Organisation settings…',
          icon: Settings,
          run: () => settings.open('organisation'),
        },
        {
          id: 'approval-rules',
          label: mayRule ? 'Approval rules…' : 'See approval rules…',
          icon: Hand,
          run: () => askApprovals('rules'),
        },
        ...(maySnap
          ? [{ id: 'snapshots', label: 'Snapshots…', icon: Archive, run: () => askSnapshots(true) } as const]
          : []),
        { kind: 'rule', id: 'company-rule' },
        ...companyEntries(orgs.find((org) => org.id === orgId)),
      ]}
    >
      <button
        type="button"
        aria-label={`Organisation: ${name}`}
        className="flex h-7 min-w-0 items-center gap-1 rounded-6 px-1.5 font-semibold hover:bg-hover"
      >
        <span className="truncate">{name}</span>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
      </button>
    </Menu>
  )
}

export function PersonMenu() {
  const help = useCommandEntries(helpCommands)
  const settings = useSettings()
  const leave = useSignOut()
  return (
    <Menu
      label="You"
      entries={[
        {
          id: 'settings',
          label: 'Settings',
          icon: Settings,
          keys: keyCaps('Mod+,', isMacPlatform()),
          run: () => settings.open(),
        },
        ...help,
        { kind: 'rule', id: 'rule' },
        { id: 'sign-out', label: 'Sign out', run: () => void leave() },
      ]}
    >
      <IconButton icon={CircleUserRound} label="You" />
    </Menu>
  )
}
