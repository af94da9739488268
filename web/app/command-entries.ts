import { chordsOf, isAvailable, useRegisteredCommands } from '#web/kernel/commands.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import type { MenuEntry } from '#web/ui/menu.tsx'

type Listed = { id: string; label?: string; icon?: Extract<MenuEntry, { run: () => void }>['icon'] }

/** Entries of a menu for these commands: what they do and their keys are the commands' own. One that is not there is left out. */
export function useCommandEntries(listed: readonly Listed[]): MenuEntry[] {
  const commands = useRegisteredCommands()
  return listed.flatMap(({ id, label, icon }): MenuEntry[] => {
    const command = commands.find((one) => one.id === id)
    if (!command || !isAvailable(command)) return []
    const [chord] = chordsOf(command)
    return [
      {
        ...{ id, label: label ?? command.title, run: command.run },
        ...(icon && { icon }),
        ...(chord !== undefined && { keys: keyCaps(chord, isMacPlatform()) }),
      },
    ]
  })
}
