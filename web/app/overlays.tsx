import { lazy, Suspense } from 'react'
import { useTheme } from '#web/kernel/theme.ts'
import { useOverlay } from './palette-state.ts'

const Palette = lazy(() => import('./palette.tsx').then((part) => ({ default: part.Palette })))
const Shortcuts = lazy(() => import('./shortcuts.tsx').then((part) => ({ default: part.Shortcuts })))
const Toaster = lazy(() => import('#web/ui/toaster.tsx').then((part) => ({ default: part.Toaster })))

/** What may lie over any page; each part is fetched when it is first needed. */
export function Overlays() {
  const overlay = useOverlay()
  const { theme } = useTheme()
  return (
    <Suspense>
      {overlay === 'palette' && <Palette />}
      {overlay === 'shortcuts' && <Shortcuts />}
      <Toaster theme={theme} />
    </Suspense>
  )
}
