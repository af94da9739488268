import { Settings } from 'lucide-react'
import { oneOf } from '#web/kernel/storage.ts'
import { useTheme } from '#web/kernel/theme.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { Menu } from '#web/ui/menu.tsx'
import { openShortcuts } from './palette-state.ts'

const parseChoice = oneOf('light', 'dark', 'system')

export function SettingsMenu() {
  const { choice, choose } = useTheme()
  const chooseByName = (name: string) => {
    const next = parseChoice(name)
    if (next) choose(next)
  }
  return (
    <Menu
      label="Settings"
      side="right"
      align="end"
      entries={[
        {
          kind: 'choice',
          id: 'theme',
          label: 'Theme',
          value: choice,
          choose: chooseByName,
          options: [
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'system', label: 'As the system' },
          ],
        },
        { kind: 'rule', id: 'rule' },
        { id: 'keys', label: 'Keyboard shortcuts', keys: ['?'], run: openShortcuts },
      ]}
    >
      <IconButton icon={Settings} label="Settings" side="right" size="large" />
    </Menu>
  )
}
