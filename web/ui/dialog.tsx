import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { FormEvent, ReactNode } from 'react'
import { classes } from './classes.ts'
import { useDialogFocus } from './dialog-focus.ts'
import { IconButton } from './icon-button.tsx'

export type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  /** One sentence under the title: what this will mean. */
  description?: ReactNode
  children?: ReactNode
  /** The buttons, the act last. */
  footer?: ReactNode
  /** Makes the dialog a form: Enter in a field submits it. */
  onSubmit?: () => void
  width?: 'narrow' | 'medium' | 'wide' | 'full'
}

const widths = { narrow: 'max-w-100', medium: 'max-w-130', wide: 'max-w-180', full: 'max-w-260' }

/** Titled, traps the focus, closes with Escape or a click beside it, and gives the focus back. Mark what Enter should hit with `data-autofocus`. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  footer,
  onSubmit,
  width = 'medium',
}: DialogProps) {
  const focus = useDialogFocus()
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <RadixDialog.Content
          {...focus}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] w-[calc(100vw-24px)] -translate-x-1/2 animate-appear flex-col rounded-8 bg-surface shadow-dialog focus:outline-none',
            widths[width],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-15 font-semibold text-pretty">{title}</RadixDialog.Title>
              {description !== undefined && (
                <RadixDialog.Description className="mt-0.5 text-13 text-pretty text-fg-2">
                  {description}
                </RadixDialog.Description>
              )}
            </div>
            <RadixDialog.Close asChild>
              <IconButton icon={X} label="Close" size="small" className="-mr-1" />
            </RadixDialog.Close>
          </header>
          <DialogForm onSubmit={onSubmit}>
            {children !== undefined && <div className="min-h-0 flex-1 overflow-y-auto px-5 py-1">{children}</div>}
            {footer !== undefined && (
              <footer className="flex flex-wrap items-center justify-end gap-2 px-5 pt-3 pb-4">{footer}</footer>
            )}
          </DialogForm>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

function DialogForm({ onSubmit, children }: { onSubmit?: () => void; children: ReactNode }) {
  if (!onSubmit) return <div className="flex min-h-0 flex-col">{children}</div>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      {children}
    </form>
  )
}
