import { Maximize2, Minimize2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { type Tab, Tabs } from '#web/ui/tabs.tsx'
import { closeDock, toggleFullDock, useIsNarrow, useShell } from './shell-state.ts'

export type DockProps<T extends string> = {
  tabs: readonly Tab<T>[]
  active: T
  onSelect: (tab: T) => void
  /** What the active tab wants to say and offer: saved state, Run, Stop. */
  aside?: ReactNode
  /** The active tab's pane; it names its own region. */
  children: ReactNode
}

/** The panel under the graph: a row of tabs over one pane, as small or large as the person likes. */
export function Dock<T extends string>({ tabs, active, onSelect, aside, children }: DockProps<T>) {
  const { dock } = useShell()
  const isNarrow = useIsNarrow()
  const isMac = isMacPlatform()
  const isFull = dock === 'full'
  return (
    <Tabs
      label="Dock"
      tabs={tabs}
      active={active}
      onSelect={onSelect}
      aside={
        <>
          {aside}
          {!isNarrow && (
            <span className="flex items-center">
              <IconButton
                icon={isFull ? Minimize2 : Maximize2}
                label={isFull ? 'Share the room with the graph' : 'Give the dock all the room'}
                keys={keyCaps('Mod+Shift+J', isMac)}
                size="small"
                onClick={toggleFullDock}
              />
              <IconButton
                icon={X}
                label="Close the dock"
                keys={keyCaps('Mod+J', isMac)}
                size="small"
                onClick={closeDock}
              />
            </span>
          )}
        </>
      }
    >
      {children}
    </Tabs>
  )
}
