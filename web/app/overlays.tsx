import { Suspense, useEffect } from 'react'
import { fetchedPart } from '#web/kernel/fetched-part.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useTheme } from '#web/kernel/theme.ts'
import { Ahead } from './ahead.tsx'
import { useOverlay } from './palette-state.ts'
import { SettingsHost } from './settings/settings-host.tsx'
import { useIsNarrow } from './shell-state.ts'

const palette = fetchedPart(() => import('./palette.tsx').then((part) => part.Palette))
const shortcuts = fetchedPart(() => import('./shortcuts.tsx').then((part) => part.Shortcuts))
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
      {overlay === 'palette' && <Found part={palette} label="Find a command or a place" />}
      {overlay === 'shortcuts' && <Found part={shortcuts} label="Keyboard shortcuts" />}
      <Suspense>
        <Toaster theme={theme === 'light' ? 'light' : 'dark'} place={isNarrow ? 'head' : 'foot'} />
      </Suspense>
    </>
  )
}

function Found({ part, label }: { part: typeof palette; label: string }) {
  const Dialog = part.usePart()
  return Dialog ? <Dialog /> : <Ahead label={label} />
}

function fetchPaletteWhenIdle(): () => void {
  const idle = window.requestIdleCallback?.(palette.prefetch)
  return () => window.cancelIdleCallback?.(idle)
}
