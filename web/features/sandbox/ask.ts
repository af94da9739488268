import { useEffect } from 'react'
import { notify } from '#web/ui/toast.ts'
import type { Program } from './program.ts'
import { replaceSnippet } from './snippet-store.ts'

const listeners = new Set<() => void>()

/** Puts a program into the pane, ready to run, and has the pane shown; `name` says what it is, e.g. "report.py". */
export function askToRun(program: Program, name: string): void {
  const undo = replaceSnippet(program)
  if (undo) notify({ id: 'snippet', title: `Replaced your snippet by ${name}`, action: { label: 'Undo', run: undo } })
  for (const listener of listeners) listener()
}

/** For whoever can show the pane. Keep the listener's identity, else it registers on each render. */
export function useRunAsked(show: () => void): void {
  useEffect(() => {
    listeners.add(show)
    return () => void listeners.delete(show)
  }, [show])
}
