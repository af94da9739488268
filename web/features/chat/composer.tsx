import { Paperclip, SendHorizontal } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type FormEvent, type KeyboardEvent, type Ref, useId, useRef } from 'react'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import type { FileState } from './chosen-files.ts'
import { ChosenFiles } from './file-chips.tsx'
import type { useFiles } from './use-files.ts'

export type ComposerProps = {
  name: string
  text: string
  onText: (text: string) => void
  files: ReturnType<typeof useFiles>
  onSend: () => void
  isSending: boolean
  /** Words go into the turn that runs. */
  isRunning: boolean
  error: string | undefined
  /** Why nothing can be said here. */
  refused: string | undefined
  /** What the person said before, latest last: ArrowUp in the empty box brings it back. */
  past: readonly string[]
  box: Ref<HTMLFormElement>
}

/** Where one writes: Enter sends, Shift+Enter makes a line; files are dropped, pasted or chosen. */
export function Composer(props: ComposerProps) {
  const { name, text, onText, files, onSend, isSending, isRunning, error, refused, past, box } = props
  const chooser = useRef<HTMLInputElement>(null)
  const recalled = useRef(0)
  const hintId = useId()
  const tooLong = text.length > maxTaskChars ? `Use at most ${maxTaskChars} characters.` : undefined
  const mayNotSend = isSending || text.trim() === '' || tooLong !== undefined || files.files.some(isInTheWay)

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!mayNotSend && refused === undefined) onSend()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) return void submit(prevented(event))
    const isRecalled = recalled.current > 0 && text === past.at(-recalled.current)
    if (event.key === 'ArrowUp' && (text === '' || isRecalled)) recall(event, recalled.current + 1)
    else if (event.key === 'ArrowDown' && isRecalled) recall(event, recalled.current - 1)
  }
  const recall = (event: KeyboardEvent, at: number) => {
    if (at > past.length) return
    event.preventDefault()
    recalled.current = at
    onText(at === 0 ? '' : (past.at(-at) ?? ''))
  }
  const paste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length === 0) return
    event.preventDefault()
    files.add(pasted)
  }
  // Dragged text is the browser's to put where it is dropped.
  const dragOver = (event: DragEvent) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault()
  }
  const drop = (event: DragEvent) => {
    const dropped = [...event.dataTransfer.files]
    if (dropped.length === 0) return
    event.preventDefault()
    files.add(dropped)
  }
  if (refused !== undefined) return <p className="border-t border-line px-4 py-3 text-13 text-fg-2">{refused}</p>
  return (
    <form
      ref={box}
      aria-label={`Write to ${name}`}
      onSubmit={submit}
      onDragOver={dragOver}
      onDrop={drop}
      className="flex shrink-0 flex-col gap-2 border-t border-line px-3 py-2.5"
    >
      <ChosenFiles files={files.files} onRemove={files.remove} />
      <div className="flex items-end gap-1.5">
        <IconButton icon={Paperclip} label="Attach files" onClick={() => chooser.current?.click()} />
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label="Files to attach"
          onChange={({ target }) => {
            files.add([...(target.files ?? [])])
            target.value = ''
          }}
        />
        <div className="min-w-0 flex-1">
          <TextareaField
            label={`Say something to ${name}`}
            isLabelHidden
            placeholder={isRunning ? 'Say more to the work that runs' : `Say something to ${name}`}
            rows={1}
            className="min-h-7!"
            value={text}
            error={tooLong ?? error}
            onChange={onText}
            onKeyDown={press}
            onPaste={paste}
            aria-keyshortcuts="Enter"
          />
        </div>
        <IconButton
          icon={SendHorizontal}
          label={isRunning ? 'Send into the work that runs' : 'Send'}
          keys={['Enter']}
          type="submit"
          disabled={mayNotSend}
          aria-busy={isSending}
          className={classes(!mayNotSend && 'bg-accent text-on-accent! enabled:hover:bg-accent-hover')}
        />
      </div>
      <p id={hintId} className="sr-only">
        Enter sends, Shift and Enter makes a new line, the up arrow brings back what you said.
      </p>
    </form>
  )
}

/** What is on its way, or was refused, must be waited for or removed first. */
function isInTheWay({ phase }: FileState): boolean {
  return phase !== 'kept'
}

function prevented(event: KeyboardEvent): undefined {
  event.preventDefault()
  return undefined
}
