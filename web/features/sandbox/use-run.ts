import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import { notify } from '#web/ui/toast.ts'
import { pageRunner, type RunnerState } from './runner.ts'
import { readLanguage, readSnippet, writeLanguage, writeSnippet } from './snippet-store.ts'
import { type Starter, starters } from './starters.ts'

export type RunBinding = RunnerState & {
  language: Language
  code: string
  edit: (code: string) => void
  chooseLanguage: (language: Language) => void
  takeStarter: (starter: Starter) => void
  run: () => void
  stop: () => void
  clear: () => void
  retry: () => void
}

/** Binds the page's runner and the kept snippet to the pane. */
export function useRun(): RunBinding {
  const state = useSyncExternalStore(pageRunner.subscribe, pageRunner.getState)
  const [language, setLanguage] = useState(readLanguage)
  const [code, setCode] = useState(() => readSnippet(language))
  useEffect(() => void pageRunner.warm(language), [language])

  const show = (nextLanguage: Language, next: string) => {
    setLanguage(nextLanguage)
    setCode(next)
    writeLanguage(nextLanguage)
    writeSnippet(nextLanguage, next)
  }
  const edit = (next: string) => show(language, next)
  const chooseLanguage = (next: Language) => show(next, readSnippet(next))
  const takeStarter = (starter: Starter) => {
    const replaced = readSnippet(starter.language)
    show(starter.language, starter.code)
    if (!isOwnWork(replaced)) return
    const undo = () => show(starter.language, replaced)
    notify({
      id: 'starter',
      title: `Replaced your snippet by “${starter.label}”`,
      action: { label: 'Undo', run: undo },
    })
  }
  const run = useCallback(() => void pageRunner.run(language, code), [language, code])
  const stop = useCallback(() => pageRunner.stop(), [])
  const retry = () => void pageRunner.warm(language)
  return { ...state, language, code, edit, chooseLanguage, takeStarter, run, stop, clear: pageRunner.clear, retry }
}

/** Text that came from us can be had again; a person's own is never dropped without a way back. */
function isOwnWork(code: string): boolean {
  return code.trim() !== '' && starters.every((starter) => starter.code !== code)
}
