import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import { askToRun } from './ask.ts'
import type { Program } from './program.ts'
import { pageRunner, type RunnerState } from './runner.ts'
import { chooseLanguage, dropFiles, editCode, useSnippet } from './snippet-store.ts'
import type { Starter } from './starters.ts'

export type RunBinding = RunnerState & {
  program: Program
  edit: (code: string) => void
  chooseLanguage: (language: Language) => void
  takeStarter: (starter: Starter) => void
  dropFiles: () => void
  run: () => void
  stop: () => void
  clear: () => void
  retry: () => void
}

/** Binds the page's runner and the kept snippet to the pane. */
export function useRun(): RunBinding {
  const state = useSyncExternalStore(pageRunner.subscribe, pageRunner.getState)
  const program = useSnippet()
  const { language } = program
  useEffect(() => void pageRunner.warm(language), [language])
  const run = useCallback(() => void pageRunner.run(program), [program])
  return {
    ...state,
    ...{ program, chooseLanguage, dropFiles, run },
    edit: editCode,
    takeStarter: ({ label, language: of, code }) =>
      askToRun({ language: of, code, files: {}, stdin: '' }, `“${label}”`),
    stop: pageRunner.stop,
    clear: pageRunner.clear,
    retry: () => void pageRunner.warm(language),
  }
}
