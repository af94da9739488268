import { useNavigate } from '@tanstack/react-router'
import { Network, ScrollText, Settings } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { useMay } from '#web/kernel/may.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { useSettings } from './settings/use-settings.ts'
import { focusGraph } from './shell-state.ts'

type RailProps = { orgId: OrgId; place: 'graph' | 'audit' }

/** The places of the app, and at its foot the settings. */
export function Rail({ orgId, place }: RailProps) {
  const navigate = useNavigate()
  const settings = useSettings()
  const mayAudit = useMay(orgId, 'audit.read')
  const isGraph = place === 'graph'
  return (
    <>
      <IconButton
        icon={Network}
        label="Graph"
        side="right"
        size="large"
        isActive={isGraph}
        aria-current={isGraph ? 'page' : undefined}
        onClick={isGraph ? focusGraph : () => void navigate({ to: '/o/$orgId', params: { orgId } })}
      />
      {mayAudit && (
        <IconButton
          icon={ScrollText}
          label="Audit"
          side="right"
          size="large"
          isActive={!isGraph}
          aria-current={isGraph ? undefined : 'page'}
          onClick={() => void navigate({ to: '/o/$orgId/audit', params: { orgId } })}
        />
      )}
      <span className="flex-1" />
      <IconButton
        icon={Settings}
        label="Settings"
        keys={keyCaps('Mod+,', isMacPlatform())}
        side="right"
        size="large"
        isActive={settings.section !== undefined}
        onClick={() => settings.open()}
      />
    </>
  )
}
