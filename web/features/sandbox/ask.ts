import type { OrgId } from '#shared/kernel/ids.ts'
import { notify } from '#web/ui/toast.ts'
import type { Program } from './program.ts'
import { showRunPane } from './run-asked.ts'
import { replaceSnippet } from './snippet-store.ts'

/** Puts a program into the pane, ready to run, and has the pane shown; `name` says what it is, e.g. "report.py". */
export function askToRun(orgId: OrgId, program: Program, name: string): void {
  const undo = replaceSnippet(orgId, program)
  if (undo) notify({ id: 'snippet', title: `Replaced your snippet by ${name}`, action: { label: 'Undo', run: undo } })
  showRunPane()
}
