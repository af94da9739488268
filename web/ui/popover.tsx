import { Popover as RadixPopover } from 'radix-ui'
import type { ReactNode } from 'react'

export type PopoverProps = {
  /** The button that opens it; one element. */
  trigger: ReactNode
  /** What it is, for those who listen. */
  label: string
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  width?: 'medium' | 'wide'
}

const widths = { medium: 'w-72', wide: 'w-[min(26rem,calc(100vw-16px))]' }

export function Popover({
  trigger,
  label,
  children,
  align = 'end',
  isOpen,
  onOpenChange,
  width = 'medium',
}: PopoverProps) {
  return (
    <RadixPopover.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          aria-label={label}
          // One without a control in it may still have to be scrolled by key.
          tabIndex={0}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={`z-50 max-h-(--radix-popover-content-available-height) ${widths[width]} animate-appear overflow-y-auto rounded-8 bg-surface p-3 shadow-float focus:outline-none`}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}
