import { ChevronDown, Play, Square } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import type { Starter } from '#shared/runs/starters/starter.ts'
import { starters } from '#shared/runs/starters/starters.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { Button } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { Menu, type MenuEntry } from '#web/ui/menu.tsx'
import { Select } from '#web/ui/select.tsx'

export type RunBarProps = {
  language: Language
  isRunning: boolean
  onLanguage: (language: Language) => void
  onStarter: (starter: Starter) => void
  onRun: () => void
  onStop: () => void
  /** Where the code runs. */
  children: ReactNode
}

export function RunBar({ language, isRunning, onLanguage, onStarter, onRun, onStop, children }: RunBarProps) {
  const entries = starters.flatMap((starter, index): MenuEntry[] => {
    const act = {
      id: starter.id,
      label: `${starter.label} (${names[starter.language]})`,
      run: () => onStarter(starter),
    }
    const isFirst = starters[index - 1]?.language !== starter.language
    return index > 0 && isFirst ? [{ kind: 'rule', id: `before ${starter.id}` }, act] : [act]
  })
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-2">
      <Button
        tone="primary"
        icon={Play}
        disabled={isRunning}
        onClick={onRun}
        aria-label="Run"
        trailing={<Kbd keys={keyCaps('Mod+Enter', isMacPlatform())} isOnAccent />}
      >
        Run
      </Button>
      <Button tone="danger" icon={Square} disabled={!isRunning} onClick={onStop}>
        Stop
      </Button>
      <div className="w-32">
        <Select label="Language" isLabelHidden value={language} options={languages} onChange={onLanguage} />
      </div>
      <Menu label="Starters" entries={entries} align="start">
        <Button tone="ghost" trailing={<ChevronDown size={14} strokeWidth={1.75} aria-hidden />}>
          Starters
        </Button>
      </Menu>
      <span className="ml-auto flex max-w-full flex-wrap items-center gap-1">{children}</span>
    </div>
  )
}

const names: Readonly<Record<Language, string>> = {
  typescript: 'TypeScript',
  javascript: 'JavaScript',
  python: 'Python',
}
const languages: readonly { value: Language; label: string }[] = [
  { value: 'typescript', label: names.typescript },
  { value: 'javascript', label: names.javascript },
  { value: 'python', label: names.python },
]
