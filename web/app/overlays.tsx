import { Suspense, useEffect } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useTheme } from '#web/kernel/theme.ts'
import { EscapeCloses } from '#web/ui/escape-closes.tsx'
import { closeOverlay, useOverlay } from './palette-state.ts'
import { SettingsHost } from './settings/settings-host.tsx'
import { useIsNarrow } from './shell-state.ts'

const loadPalette = () => import('./palette.tsx').then((part) => ({ default: part.Palette }))
const Palette = lazyPart(loadPalette)
const Shortcuts = lazyPart(() => import('./shortcuts.tsx').then((part) => ({ default: part.Shortcuts })))
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
      <Suspense fallback={<EscapeCloses onClose={closeOverlay} />}>
        {overlay === 'palette' && <Palette />}
        {overlay === 'shortcuts' && <Shortcuts />}
      </Suspense>
      <Suspense>
        <Toaster theme={theme === 'light' ? 'light' : 'dark'} place={isNarrow ? 'head' : 'foot'} />
      </Suspense>
    </>
  )
}

/** What is typed right after the key that opens it must find it there. A failure shows where it is opened. */
function fetchPaletteWhenIdle(): () => void {
  const idle = window.requestIdleCallback?.(() => void loadPalette().catch(() => undefined))
  return () => window.cancelIdleCallback?.(idle)
}
