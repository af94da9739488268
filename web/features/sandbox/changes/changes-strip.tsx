import { lazy, Suspense, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '#web/kernel/may.ts'
import { Button } from '#web/ui/button.tsx'
import { isSameProgram, type Program } from '../program.ts'
import type { EndedRun } from '../runner.ts'
import type { Written } from './written.ts'

const ReviewDialog = lazy(async () => ({ default: (await import('./review-dialog.tsx')).ReviewDialog }))

export type ChangesStripProps = {
  orgId: OrgId
  /** Where the program's files lie, or, for a snippet, what is selected; undefined where nothing is. */
  workspace: Workspace | undefined
  program: Program
  lastRun: EndedRun | null
}

/** What the run wrote, and what was changed in the file itself: to be looked at and, if wanted, kept in the workspace. */
export function ChangesStrip({ orgId, workspace, program, lastRun }: ChangesStripProps) {
  const [shown, setShown] = useState<Written>()
  const mayEdit = useMay(orgId, 'files.edit')
  const written = lastRun !== null && isSameProgram(lastRun.program, program) ? lastRun.written : []
  const changes = [...editedIn(program), ...written]
  if (changes.length === 0) return null
  return (
    <section
      aria-label="Files it changed"
      className="max-h-32 shrink-0 overflow-y-auto border-b border-line px-4 py-1.5 text-12"
    >
      <ul className="flex flex-col">
        {changes.map((change) => (
          <li key={change.path} className="flex min-h-7 items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-fg-2" title={change.path}>
              <span className="font-mono text-fg">{change.path}</span> {wordsFor(change, program)}
            </span>
            <Button size="small" tone="ghost" className="shrink-0" onClick={() => setShown(change)}>
              {workspace && mayEdit && change.text !== null ? 'Look and save' : 'Look'}
            </Button>
          </li>
        ))}
      </ul>
      {shown && (
        <Suspense fallback={null}>
          <ReviewDialog
            orgId={orgId}
            workspace={mayEdit ? workspace : undefined}
            change={shown}
            onClose={() => setShown(undefined)}
          />
        </Suspense>
      )}
    </section>
  )
}

/** The program's own text, where the person changed it here and not in its file. */
function editedIn({ path, code, files }: Program): Written[] {
  const before = path === null ? undefined : files[path]
  if (path === null || before === undefined || before === code) return []
  return [{ path, text: code, bytes: new TextEncoder().encode(code).length, before }]
}

function wordsFor({ path, before, text, bytes }: Written, program: Program): string {
  if (text === null) return `${bytes.toLocaleString('en')} bytes, not text`
  if (path === program.path) return 'edited here'
  return before === null ? `new, ${bytes.toLocaleString('en')} bytes` : 'changed'
}
