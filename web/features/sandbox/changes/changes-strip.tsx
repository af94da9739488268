import { Suspense, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useMay } from '#web/kernel/may.ts'
import { Button } from '#web/ui/button.tsx'
import { isSameProgram, type Program } from '../program.ts'
import type { EndedRun } from '../runner.ts'
import type { Removed, Written } from './written.ts'

const ReviewDialog = lazyPart(async () => ({ default: (await import('./review-dialog.tsx')).ReviewDialog }))
const RemovalDialog = lazyPart(async () => ({ default: (await import('./removal-dialog.tsx')).RemovalDialog }))

export type ChangesStripProps = {
  orgId: OrgId
  /** Where the program's files lie, or, for a snippet, what is selected; undefined where nothing is. */
  workspace: Workspace | undefined
  program: Program
  lastRun: EndedRun | null
  /** What programs of the terminal made or changed. */
  madeBeside: readonly Written[]
  /** What of that there was no room for here, by path. */
  noRoom: readonly string[]
}

/** What the run wrote and took away, what the terminal made, and what was changed in the file itself: to be looked at and, if wanted, done in the workspace too. */
export function ChangesStrip({ orgId, workspace, program, lastRun, madeBeside, noRoom }: ChangesStripProps) {
  const [shown, setShown] = useState<Written>()
  const [gone, setGone] = useState<Removed>()
  const mayEdit = useMay(orgId, 'files.edit')
  const mayDelete = useMay(orgId, 'files.delete')
  const { written, removed } = lastRun !== null && isSameProgram(lastRun.program, program) ? lastRun : nothing
  const changes = [...editedIn(program), ...written].map((change) => ({ change, words: wordsFor(change, program) }))
  const told = new Set(changes.map(({ change }) => change.path))
  const made = madeBeside.filter(({ path }) => !told.has(path))
  const rows = [...changes, ...made.slice(0, mostMade).map((change) => ({ change, words: wordsForMade(change) }))]
  if (rows.length + removed.length + noRoom.length === 0) return null
  return (
    <section
      aria-label="Files it changed"
      className="max-h-32 shrink-0 overflow-y-auto border-b border-line px-4 py-1.5 text-12"
    >
      <ul className="flex flex-col">
        {rows.map(({ change, words }) => (
          <li key={change.path} className="flex min-h-7 items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-fg-2" title={change.path}>
              <span className="font-mono text-fg">{change.path}</span> {words}
            </span>
            <Button size="small" tone="ghost" className="shrink-0" onClick={() => setShown(change)}>
              {workspace && mayEdit && change.text !== null ? 'Look and save' : 'Look'}
            </Button>
          </li>
        ))}
        {made.length > mostMade && (
          <li className="py-1.5 text-fg-2">
            {(made.length - mostMade).toLocaleString('en')} more in the terminal’s folder are not listed here.
          </li>
        )}
        {noRoom.length > 0 && (
          <li className="py-1.5 text-fg-2" title={noRoom.slice(0, mostMade).join('\n')}>
            {wordsForNoRoom(noRoom)}
          </li>
        )}
        {removed.map((each) => (
          <li key={each.path} className="flex min-h-7 items-center gap-2">
            <span className="flex min-w-0 flex-1 gap-1.5 text-fg-2" title={each.path}>
              <span className="truncate font-mono text-fg line-through">{each.path}</span>
              <span className="shrink-0">deleted</span>
            </span>
            <Button size="small" tone="ghost" className="shrink-0" onClick={() => setGone(each)}>
              {workspace && mayDelete ? 'Look and delete' : 'Look'}
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
      {gone && (
        <Suspense fallback={null}>
          <RemovalDialog
            orgId={orgId}
            workspace={mayDelete ? workspace : undefined}
            removed={gone}
            onClose={() => setGone(undefined)}
          />
        </Suspense>
      )}
    </section>
  )
}

const nothing: Pick<EndedRun, 'written' | 'removed'> = { written: [], removed: [] }

/** The program's own text, where the person changed it here and not in its file. */
function editedIn({ path, code, files }: Program): Written[] {
  const before = path === null ? undefined : files[path]
  if (path === null || before === undefined || before === code) return []
  return [{ path, text: code, bytes: new TextEncoder().encode(code).length, before }]
}

/** A generated project has dozens of files; thousands are nobody's to read one by one. */
const mostMade = 200

function wordsForMade({ before, text, bytes }: Written): string {
  const size = `${bytes.toLocaleString('en')} bytes`
  if (text === null) return `${size}, not text, in the terminal’s folder`
  return before === null ? `new in the terminal’s folder, ${size}` : 'changed in the terminal’s folder'
}

function wordsForNoRoom(paths: readonly string[]): string {
  const named = paths.slice(0, 3).join(', ')
  const rest = paths.length > 3 ? ` and ${(paths.length - 3).toLocaleString('en')} more` : ''
  return `Not taken from the terminal’s folder, for want of room: ${named}${rest}.`
}

function wordsFor({ path, before, text, bytes }: Written, program: Program): string {
  if (text === null) return `${bytes.toLocaleString('en')} bytes, not text`
  if (path === program.path) return 'edited here'
  return before === null ? `new, ${bytes.toLocaleString('en')} bytes` : 'changed'
}
