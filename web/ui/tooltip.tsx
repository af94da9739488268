import { Tooltip as RadixTooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

export type TooltipSide = 'top' | 'right' | 'bottom' | 'left'

export type TooltipProps = {
  label: ReactNode
  keys?: readonly string[]
  side?: TooltipSide
  /** One element that can take a ref and focus. */
  children: ReactNode
}

/** Names a thing on hover and focus. It never holds the only copy of what a person must know. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-80 animate-appear items-center gap-2 rounded-6 bg-surface-3 px-2 py-1 text-12 text-fg shadow-float"
        >
          {label}
          {keys && <Kbd keys={keys} />}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  )
}

/** Once around the app: after one tooltip, its neighbours open at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <RadixTooltip.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </RadixTooltip.Provider>
  )
}
