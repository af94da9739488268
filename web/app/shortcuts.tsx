import { chordsOf, useRegisteredCommands } from '#web/kernel/commands.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { closeOverlay } from './palette-state.ts'

/** All keys that do something now, read from the commands themselves. */
export function Shortcuts() {
  const commands = useRegisteredCommands().filter((command) => command.keys !== undefined)
  const groups = [...new Set(commands.map((command) => command.group))]
  const isMac = isMacPlatform()
  return (
    <Dialog isOpen onClose={closeOverlay} title="Keyboard shortcuts" width="wide">
      <div className="grid gap-x-8 gap-y-5 pb-5 wide:grid-cols-2">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-12 text-fg-3">{group}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <div
                    key={command.id}
                    className="flex min-h-7 items-center justify-between gap-3 border-b border-line"
                  >
                    <dt className="min-w-0 py-1">{command.title}</dt>
                    <dd className="flex shrink-0 gap-1">
                      {chordsOf(command).map((chord) => (
                        <Kbd key={chord} keys={keyCaps(chord, isMac)} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
