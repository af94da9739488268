import { Network, Settings } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { IconButton } from '#web/ui/icon-button.tsx'
import { focusGraph } from './shell-state.ts'

const SettingsMenu = lazy(() => import('./settings-menu.tsx').then((part) => ({ default: part.SettingsMenu })))

/** The places of the app, and at its foot the settings. */
export function Rail() {
  return (
    <>
      <IconButton
        icon={Network}
        label="Graph"
        side="right"
        size="large"
        isActive
        aria-current="page"
        onClick={focusGraph}
      />
      <span className="flex-1" />
      <Suspense fallback={<IconButton icon={Settings} label="Settings" size="large" disabled />}>
        <SettingsMenu />
      </Suspense>
    </>
  )
}
