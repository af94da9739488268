import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import { useState } from 'react'
import { isAvailable, useRegisteredCommands } from '#web/kernel/commands.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { usePaletteSources } from '#web/kernel/palette-sources.ts'
import { Button } from '#web/ui/button.tsx'
import { useDialogFocus } from '#web/ui/dialog-focus.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { type PaletteLine, paletteGroups } from './palette-lines.ts'
import { closeOverlay, openShortcuts, typedAhead } from './palette-state.ts'
import { recentChoices, rememberChoice } from './recent-choices.ts'

/** Everything a person can do or go to now, found by typing. */
export function Palette() {
  const [query, setQuery] = useState(typedAhead)
  const [recent] = useState(recentChoices)
  const focus = useDialogFocus()
  const sources = usePaletteSources()
  const commands = useRegisteredCommands().filter((command) => !command.isHidden && isAvailable(command))
  const choose = ({ id, run }: PaletteLine) => {
    rememberChoice(id)
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
          <Cmdk label="Commands and places" shouldFilter={false} loop>
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
              {paletteGroups({ query, commands, sources, recent }).map(({ heading, lines }) => (
                <Cmdk.Group key={heading} heading={heading} className={headingLook}>
                  {lines.map((line) => (
                    <Line key={line.id} line={line} onSelect={() => choose(line)} />
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
            {/* Beside the list, not in it: a list of options holds no button. */}
            <Cmdk.Empty className="flex flex-col items-center gap-3 px-3 py-6 text-center text-13 text-pretty text-fg-2">
              Nothing matches “{query}”. Names of workspaces, files, open work, settings and commands are searched.
              <Button size="small" onClick={openShortcuts}>
                See all commands with keys
              </Button>
            </Cmdk.Empty>
          </Cmdk>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

const headingLook =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-fg-3'

function Line({ line, onSelect }: { line: PaletteLine; onSelect: () => void }) {
  const { id, title, hint, chord } = line
  return (
    <Cmdk.Item
      value={id}
      onSelect={onSelect}
      className="flex min-h-8 items-center gap-2 rounded-6 px-2.5 text-13 select-none data-[selected=true]:bg-surface-3"
    >
      <span className="max-w-3/5 shrink-0 truncate" title={title}>
        {title}
      </span>
      {hint !== undefined && <span className="min-w-0 truncate text-fg-3">{hint}</span>}
      <span className="flex-1" />
      {chord !== undefined && <Kbd keys={keyCaps(chord, isMacPlatform())} />}
    </Cmdk.Item>
  )
}
