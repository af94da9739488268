import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { type Command, chordsOf, isAvailable, useRegisteredCommands } from '#web/kernel/commands.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { paletteSources } from '#web/kernel/palette-sources.ts'
import { useDialogFocus } from '#web/ui/dialog-focus.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { closeOverlay } from './palette-state.ts'

/** Everything a person can do or go to now, found by typing. */
export function Palette() {
  const [query, setQuery] = useState('')
  const focus = useDialogFocus()
  const commands = useRegisteredCommands().filter((command) => !command.isHidden && isAvailable(command))
  const groups = [...new Set(commands.map((command) => command.group))]
  const runAndClose = (run: () => void) => {
    closeOverlay()
    // The dialog gives the focus back first (a task of its own, after it is gone), so that a command may take it.
    requestAnimationFrame(() => setTimeout(run))
  }
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <RadixDialog.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-40 w-[calc(100vw-24px)] max-w-145 -translate-x-1/2 animate-appear overflow-hidden rounded-8 bg-surface shadow-dialog focus:outline-none"
        >
          <RadixDialog.Title className="sr-only">Find a command or a place</RadixDialog.Title>
          <Cmdk label="Commands and places" loop>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
              <Cmdk.Input
                value={query}
                onValueChange={setQuery}
                placeholder="Go to, run, find"
                className="h-11 min-w-0 flex-1 bg-transparent text-15 outline-none placeholder:text-fg-3"
              />
              <Kbd keys={['Esc']} />
            </div>
            <Cmdk.List className="max-h-[50vh] scroll-py-2 overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-6 text-center text-13 text-fg-2">
                Nothing matches “{query}”. Try another word.
              </Cmdk.Empty>
              {paletteSources().map((source) => (
                <Group key={source.id} heading={source.group}>
                  {source.search(query).map((item) => (
                    <Line
                      key={item.id}
                      id={`${source.id} ${item.id}`}
                      title={item.title}
                      hint={item.hint}
                      keywords={item.keywords}
                      onSelect={() => runAndClose(item.run)}
                    />
                  ))}
                </Group>
              ))}
              {groups.map((group) => (
                <Group key={group} heading={group}>
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <CommandLine key={command.id} command={command} onSelect={() => runAndClose(command.run)} />
                    ))}
                </Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-fg-3"
    >
      {children}
    </Cmdk.Group>
  )
}

function CommandLine({ command, onSelect }: { command: Command; onSelect: () => void }) {
  const [chord] = chordsOf(command)
  return (
    <Line
      id={command.id}
      title={command.title}
      keywords={[command.group]}
      caps={chord === undefined ? undefined : keyCaps(chord, isMacPlatform())}
      onSelect={onSelect}
    />
  )
}

type LineProps = {
  id: string
  title: string
  hint?: string
  keywords?: readonly string[]
  caps?: readonly string[]
  onSelect: () => void
}

function Line({ id, title, hint, keywords = [], caps, onSelect }: LineProps) {
  return (
    <Cmdk.Item
      value={id}
      keywords={[title, ...keywords, ...(hint === undefined ? [] : [hint])]}
      onSelect={onSelect}
      className="flex min-h-8 items-center gap-2 rounded-6 px-2.5 text-13 select-none data-[selected=true]:bg-surface-3"
    >
      <span className="max-w-3/5 shrink-0 truncate">{title}</span>
      {hint !== undefined && <span className="min-w-0 truncate text-fg-3">{hint}</span>}
      <span className="flex-1" />
      {caps && <Kbd keys={caps} />}
    </Cmdk.Item>
  )
}
