import { DiffEditor } from '#web/ui/code-editor.tsx'
import { Dialog } from '#web/ui/dialog.tsx'

export type OutputDiffProps = {
  title: string
  before: string
  /** Null where there is nothing to compare with. */
  after: string | null
  /** How it ended, in the words that were kept. */
  detail: string
  leftOut: number
  onClose: () => void
}

/** What a program said before, beside what it says here. */
export function OutputDiff({ title, before, after, detail, leftOut, onClose }: OutputDiffProps) {
  return (
    <Dialog isOpen onClose={onClose} title={title} width={after === null ? 'wide' : 'full'}>
      <div className="flex flex-col gap-3 pb-4">
        {detail !== '' && <p className="font-mono text-12 break-words whitespace-pre-wrap text-fg-2">{detail}</p>}
        {leftOut > 0 && (
          <p className="text-12 text-fg-2">{leftOut.toLocaleString('en')} characters of it were not kept.</p>
        )}
        {after === null ? (
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
            tabIndex={0}
            className="max-h-[50vh] overflow-auto rounded-6 border border-line bg-surface-2 p-3 font-mono text-12 break-words whitespace-pre-wrap"
          >
            {before === '' ? 'It printed nothing.' : before}
          </pre>
        ) : (
          <div className="relative flex h-[50vh] overflow-hidden rounded-6 border border-line">
            <DiffEditor original={before} modified={after} language="plaintext" label="Output" />
          </div>
        )}
      </div>
    </Dialog>
  )
}
