import { useNavigate } from '@tanstack/react-router'
import { Network, ScrollText, Settings } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '#web/kernel/may.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { focusGraph } from './shell-state.ts'

const SettingsMenu = lazy(() => import('./settings-menu.tsx').then((part) => ({ default: part.SettingsMenu })))

type RailProps = { orgId: OrgId; place: 'graph' | 'audit' }

/** The places of the app, and at its foot the settings. */
export function Rail({ orgId, place }: RailProps) {
  const navigate = useNavigate()
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
      <Suspense fallback={<IconButton icon={Settings} label="Settings" size="large" disabled />}>
        <SettingsMenu />
      </Suspense>
    </>
  )
}
