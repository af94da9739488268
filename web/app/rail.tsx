import { CircleHelp, Network, ScrollText, Settings } from 'lucide-react'
import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { type PlaceName, usePlaces } from './places.ts'
import { useSettings } from './settings/use-settings.ts'
import { focusGraph } from './shell-state.ts'

// Menus come after the first picture.
const HelpMenu = lazyPart(() => import('./help-menu.tsx').then((part) => ({ default: part.HelpMenu })))

type RailProps = { orgId: OrgId; place: PlaceName }

/** The places of the app, and at its foot the settings. */
export function Rail({ orgId, place }: RailProps) {
  const { openGraph, openAudit } = usePlaces(orgId)
  const settings = useSettings()
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
        onClick={isGraph ? focusGraph : openGraph}
      />
      {openAudit && (
        <IconButton
          icon={ScrollText}
          label="Audit"
          side="right"
          size="large"
          isActive={!isGraph}
          aria-current={isGraph ? undefined : 'page'}
          onClick={openAudit}
        />
      )}
      <span className="flex-1" />
      <Suspense fallback={<IconButton icon={CircleHelp} label="Help" side="right" size="large" disabled />}>
        <HelpMenu>
          <IconButton icon={CircleHelp} label="Help" side="right" size="large" />
        </HelpMenu>
      </Suspense>
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
