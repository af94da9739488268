import { Check, type LucideIcon } from 'lucide-react'
import { ContextMenu as RadixContextMenu, DropdownMenu as RadixDropdownMenu } from 'radix-ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'

export type MenuEntry =
  | {
      kind?: 'act'
      id: string
      label: string
      icon?: LucideIcon
      keys?: readonly string[]
      tone?: 'danger'
      /** Why it cannot be done now; the entry is then shown, but off. */
      refused?: string
      run: () => void
    }
  | {
      kind: 'choice'
      id: string
      label: string
      value: string
      options: readonly { value: string; label: string }[]
      choose: (value: string) => void
    }
  | { kind: 'rule'; id: string }

export type MenuProps = {
  label: string
  entries: readonly MenuEntry[]
  /** One element: the button that opens the menu, or the thing that is right-clicked. */
  children: ReactNode
}

/** A menu that hangs from a button. */
export function Menu({
  label,
  entries,
  children,
  align = 'end',
  side = 'bottom',
}: MenuProps & { align?: 'start' | 'end'; side?: 'bottom' | 'right' | 'top' }) {
  const landmark = useLandmark()
  return (
    <RadixDropdownMenu.Root modal={false}>
      <RadixDropdownMenu.Trigger asChild>{children}</RadixDropdownMenu.Trigger>
      <RadixDropdownMenu.Portal container={landmark}>
        <RadixDropdownMenu.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={panel}
        >
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} parts={RadixDropdownMenu} />
          ))}
        </RadixDropdownMenu.Content>
      </RadixDropdownMenu.Portal>
    </RadixDropdownMenu.Root>
  )
}

/** The same entries on a right click, a long press or the menu key. */
export function ContextMenu({ label, entries, children }: MenuProps) {
  const landmark = useLandmark()
  const hasOpened = useRef(false)
  return (
    <RadixContextMenu.Root
      modal={false}
      onOpenChange={(isOpen) => {
        if (isOpen) hasOpened.current = true
      }}
    >
      <RadixContextMenu.Trigger
        asChild
        onTouchStartCapture={() => {
          hasOpened.current = false
        }}
        // The finger that opened it is lifted: taken for a click, that would close it again. Heard before a canvas ends it.
        onTouchEndCapture={(event) => {
          if (hasOpened.current) event.preventDefault()
        }}
      >
        {children}
      </RadixContextMenu.Trigger>
      <RadixContextMenu.Portal container={landmark}>
        <RadixContextMenu.Content aria-label={label} collisionPadding={8} className={panel}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} parts={RadixContextMenu} />
          ))}
        </RadixContextMenu.Content>
      </RadixContextMenu.Portal>
    </RadixContextMenu.Root>
  )
}

/** Inside the main landmark, so that those who move by landmarks find the menu too. */
function useLandmark(): HTMLElement | null {
  const [landmark, setLandmark] = useState(findLandmark)
  // What is drawn together with the landmark for the first time finds it only once both stand on the page.
  useEffect(() => setLandmark(findLandmark()))
  return landmark
}

function findLandmark(): HTMLElement | null {
  return document.querySelector('main')
}

const panel =
  'z-50 max-h-(--radix-popper-available-height) min-w-52 max-w-80 animate-appear overflow-y-auto rounded-8 bg-surface p-1 shadow-float focus:outline-none'

const row =
  'flex min-h-7 items-center gap-2 rounded-4 px-2 text-13 select-none outline-none data-disabled:opacity-50 data-highlighted:bg-surface-3'

type Parts = Pick<
  typeof RadixDropdownMenu,
  'Item' | 'Separator' | 'Label' | 'RadioGroup' | 'RadioItem' | 'ItemIndicator'
>

function Entry({ entry, parts }: { entry: MenuEntry; parts: Parts }) {
  if (entry.kind === 'rule') return <parts.Separator className="mx-2 my-1 h-px bg-line" />
  if (entry.kind === 'choice') {
    return (
      <parts.RadioGroup value={entry.value} onValueChange={entry.choose} aria-label={entry.label}>
        <parts.Label className="px-2 pt-1.5 pb-1 text-12 text-fg-3">{entry.label}</parts.Label>
        {entry.options.map((option) => (
          <parts.RadioItem key={option.value} value={option.value} className={row}>
            <span className="flex size-4 items-center justify-center">
              <parts.ItemIndicator>
                <Check size={14} strokeWidth={2} aria-hidden />
              </parts.ItemIndicator>
            </span>
            {option.label}
          </parts.RadioItem>
        ))}
      </parts.RadioGroup>
    )
  }
  const Icon = entry.icon
  return (
    <parts.Item
      disabled={entry.refused !== undefined}
      onSelect={entry.run}
      className={classes(row, entry.tone === 'danger' ? 'text-danger' : 'text-fg')}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />}
      <span className="min-w-0 flex-1">
        {entry.label}
        {entry.refused !== undefined && <span className="block text-12 text-fg-2">{entry.refused}</span>}
      </span>
      {entry.keys && <Kbd keys={entry.keys} />}
    </parts.Item>
  )
}
