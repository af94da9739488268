import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Starter } from '#shared/runs/starters/starter.ts'
import { useMay } from '#web/kernel/may.ts'
import { askToRun } from './ask.ts'
import { keepRun } from './history/keep-run.ts'
import { type Program, snippet } from './program.ts'
import { pageRunner, type RunnerState, stateIn } from './runner.ts'
import { chooseLanguage, dropFiles, editCode, editStdin, useSnippet } from './snippet-store.ts'

export type RunBinding = RunnerState & {
  program: Program
  edit: (code: string) => void
  editStdin: (stdin: string) => void
  chooseLanguage: (language: Language) => void
  takeStarter: (starter: Starter) => void
  dropFiles: () => void
  run: () => void
  stop: () => void
  clear: () => void
  retry: () => void
}

/** Binds the page's runner and the kept snippet to the pane. */
export function useRun(orgId: OrgId): RunBinding {
  const page = useSyncExternalStore(pageRunner.subscribe, pageRunner.getState)
  const state = useMemo(() => stateIn(orgId, page), [orgId, page])
  const program = useSnippet(orgId)
  const mayKeep = useMay(orgId, 'runs.record')
  const { language } = program
  useEffect(() => void pageRunner.warm(orgId, language), [orgId, language])
  const run = useCallback(
    () => void pageRunner.run(orgId, program, (ended) => mayKeep && keepRun(orgId, ended)),
    [program, orgId, mayKeep],
  )
  return {
    ...state,
    ...{ program, run },
    edit: (code) => editCode(orgId, code),
    editStdin: (stdin) => editStdin(orgId, stdin),
    chooseLanguage: (next) => chooseLanguage(orgId, next),
    dropFiles: () => dropFiles(orgId),
    takeStarter: (starter) => askToRun(orgId, programOf(starter), `“${starter.label}”`),
    stop: pageRunner.stop,
    clear: pageRunner.clear,
    retry: () => void pageRunner.warm(orgId, language),
  }
}

function programOf({ language, code, files = {}, stdin = '' }: Starter): Program {
  return { ...snippet(language, code), files, stdin }
}
