import { Suspense, useEffect } from 'react'
import { fetchedPart } from '#web/kernel/fetched-part.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useTheme } from '#web/kernel/theme.ts'
import { Ahead } from './ahead.tsx'
import { useOverlay } from './palette-state.ts'
import { SettingsHost } from './settings/settings-host.tsx'
import { useIsNarrow } from './shell-state.ts'

const palette = fetchedPart(() => import('./palette.tsx'))
const shortcuts = fetchedPart(() => import('./shortcuts.tsx'))
const Toaster = lazyPart(() => import('#web/ui/toaster.tsx').then((part) => ({ default: part.Toaster })))

/** What may lie over any page; each part is fetched when it is first needed. */
export function Overlays() {
  const overlay = useOverlay()
  const { theme } = useTheme()
  const isNarrow = useIsNarrow()
  useEffect(fetchPaletteWhenIdle, [])
  return (
    <>
      <SettingsHost />
      {overlay === 'palette' && <Palette />}
      {overlay === 'shortcuts' && <Shortcuts />}
      <Suspense>
        <Toaster theme={theme === 'light' ? 'light' : 'dark'} place={isNarrow ? 'head' : 'foot'} />
      </Suspense>
    </>
  )
}

function Palette() {
  const part = palette.usePart()
  return part ? <part.Palette /> : <Ahead label="Find a command or a place" />
}

function Shortcuts() {
  const part = shortcuts.usePart()
  return part ? <part.Shortcuts /> : <Ahead label="Keyboard shortcuts" />
}

function fetchPaletteWhenIdle(): () => void {
  const idle = window.requestIdleCallback?.(palette.prefetch)
  return () => window.cancelIdleCallback?.(idle)
}
