import { Contrast, Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from '../../kernel/theme.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { openShortcuts } from '../palette-state.ts'

const themes = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'contrast', label: 'High contrast', icon: Contrast },
  { value: 'system', label: 'As the system', icon: Monitor },
] as const

/** How the app looks to this person on this machine, and what keys do. */
export function DisplaySection() {
  const { choice, choose } = useTheme()
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <fieldset className="px-4 py-4">
        <legend className="float-left mb-2 w-full text-13 font-medium">Theme</legend>
        <div className="clear-both grid grid-cols-2 gap-2">
          {themes.map(({ value, label, icon: Icon }) => (
            <label
              key={value}
              className={classes(
                'flex h-16 flex-col items-center justify-center gap-1.5 rounded-6 border text-13 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
                choice === value
                  ? 'border-accent bg-accent-soft font-medium text-accent'
                  : 'border-line-2 text-fg-2 hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name="theme"
                className="sr-only"
                checked={choice === value}
                onChange={() => choose(value)}
              />
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              {label}
            </label>
          ))}
        </div>
        <p className="mt-2 text-12 text-fg-3">Kept on this device.</p>
      </fieldset>
      <section aria-label="Keyboard" className="flex items-center gap-3 border-t border-line px-4 py-4">
        <div className="min-w-0 flex-1">
          <h3 className="text-13 font-medium">Keyboard</h3>
          <p className="text-12 text-fg-2">Everything here can be done without a mouse.</p>
        </div>
        <Button onClick={openShortcuts}>Show all shortcuts</Button>
      </section>
    </div>
  )
}
