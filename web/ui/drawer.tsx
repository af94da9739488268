import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useDialogFocus } from './dialog-focus.ts'
import { IconButton } from './icon-button.tsx'

export type DrawerProps = {
  isOpen: boolean
  /** Asked for by Escape, the cross or a click beside it; whoever opened it may ask back first. */
  onClose: () => void
  title: string
  children: ReactNode
}

const openTab = ['[role="tab"][aria-selected="true"]']

/** Comes in from the right over the room, 480 px wide and all of a narrow screen; keeps the focus and gives it back. */
export function Drawer({ isOpen, onClose, title, children }: DrawerProps) {
  const focus = useDialogFocus(openTab)
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim opacity-40" />
        <RadixDialog.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-40 flex w-full animate-drawer flex-col bg-surface shadow-dialog focus:outline-none wide:w-120"
        >
          <header className="flex h-11 shrink-0 items-center gap-3 pr-2 pl-4">
            <RadixDialog.Title className="min-w-0 flex-1 truncate text-15 font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton icon={X} label={`Close ${title.toLowerCase()}`} keys={['Esc']} />
            </RadixDialog.Close>
          </header>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}
