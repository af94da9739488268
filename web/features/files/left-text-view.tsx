import { Button } from '../../ui/button.tsx'
import { DiffEditor } from '../../ui/code-editor.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { LeftText } from '../drafts/index.ts'
import { languageOf } from './language-of.ts'

export type LeftTextViewProps = {
  path: string
  now: string
  left: LeftText
  onRestore: () => void
  onDrop: () => void
}

/** A text that was typed over an older version and fits in no more by itself, beside what is there now. */
export function LeftTextView({ path, now, left, onRestore, onDrop }: LeftTextViewProps) {
  return (
    <>
      <div role="alert" className="flex flex-wrap items-center gap-2 border-b border-line bg-waiting-soft px-4 py-2">
        <p className="min-w-60 flex-1 text-13 text-pretty">
          <strong className="font-medium">
            {left.isUnowned
              ? `Typed in this browser over version ${left.baseVersion} and not saved; maybe not by you`
              : `You typed this over version ${left.baseVersion} and did not save it`}
          </strong>
          <span className="text-fg-2">
            {' '}
            · <TimeAgo at={new Date(left.writtenAt).toISOString()} />. Left: what is there now. Right:{' '}
            {left.isUnowned ? 'that text; it is sent only if you take it' : 'your text'}.
          </span>
        </p>
        <Button size="small" onClick={onDrop}>
          Drop it
        </Button>
        <Button size="small" tone="primary" onClick={onRestore}>
          {left.isUnowned ? 'Take this text' : 'Restore my text'}
        </Button>
      </div>
      <div className="relative flex min-h-0 flex-1">
        <DiffEditor
          original={now}
          modified={left.text}
          language={languageOf(path)}
          label={`${path}: what is there now and your text`}
        />
      </div>
    </>
  )
}
