import type { SaveConflict } from '#shared/files/contract.ts'
import { Button } from '../../ui/button.tsx'
import { DiffEditor } from '../../ui/code-editor.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { languageOf } from './language-of.ts'

export type ConflictViewProps = {
  path: string
  mine: string
  theirs: SaveConflict['theirs']
  onType: (text: string) => void
  onTakeTheirs: () => void
  onSave: () => void
  onLater: () => void
}

/** What was saved from outside beside what was typed here: nothing is lost whichever is chosen. */
export function ConflictView({ path, mine, theirs, onType, onTakeTheirs, onSave, onLater }: ConflictViewProps) {
  return (
    <>
      <div role="alert" className="flex flex-wrap items-center gap-2 border-b border-line bg-waiting-soft px-4 py-2">
        <p className="min-w-60 flex-1 text-13 text-pretty">
          <strong className="font-medium">Saved by {theirs.savedBy} before you</strong>
          <span className="text-fg-2">
            {' '}
            · version {theirs.version}, <TimeAgo at={theirs.savedAt} />. Left: theirs. Right: yours, still editable.
          </span>
        </p>
        <Button size="small" tone="ghost" onClick={onLater}>
          Go on editing
        </Button>
        <Button size="small" onClick={onTakeTheirs}>
          Take theirs
        </Button>
        <Button size="small" tone="primary" onClick={onSave}>
          Save mine as version {theirs.version + 1}
        </Button>
      </div>
      <div className="relative flex min-h-0 flex-1">
        <DiffEditor
          original={theirs.text}
          modified={mine}
          language={languageOf(path)}
          label={`${path}: theirs and yours`}
          onChange={onType}
        />
      </div>
    </>
  )
}
