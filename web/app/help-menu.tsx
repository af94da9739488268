import { Compass, Keyboard, ListRestart, Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { Menu } from '#web/ui/menu.tsx'
import { useCommandEntries } from './command-entries.ts'

/** What helps, from the one list of commands; what is not offered here is not in it. */
export const helpCommands = [
  { id: 'guide.show', icon: Compass },
  { id: 'guide.begin', icon: ListRestart },
  { id: 'app.shortcuts', icon: Keyboard },
  { id: 'app.palette', icon: Search },
] as const

export function HelpMenu({ children }: { children: ReactElement }) {
  const entries = useCommandEntries(helpCommands)
  return (
    <Menu label="Help" align="end" side="right" entries={entries}>
      {children}
    </Menu>
  )
}
