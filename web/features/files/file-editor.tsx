import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useCommands } from '../../kernel/commands.ts'
import { Button } from '../../ui/button.tsx'
import { CodeEditor } from '../../ui/code-editor.tsx'
import type { CodeEditorProps } from '../../ui/code-editor-props.ts'
import type { CodeHelp } from '../../ui/code-help.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { PeopleMarks, usePeopleOn, useSharedCode } from '../drafts/index.ts'
import { ConflictView } from './conflict-view.tsx'
import { languageOf } from './language-of.ts'
import { LeftTextView } from './left-text-view.tsx'
import { ReadOnlyStatus, SaveStatus } from './save-status.tsx'
import { TextNotices } from './text-notices.tsx'
import { useConflictNotice } from './use-conflict-notice.ts'
import { type FileRef, useFile } from './use-file.ts'

export type FileEditorProps = {
  file: FileRef
  /** What is edited, for those who listen, e.g. "Prompt of Lead". */
  label: string
  /** Where the saved state is said; null while that place is not there yet. */
  statusPlace: HTMLElement | null
  /** What others offer to do with the text, beside its saved state. */
  acts?: ((edited: EditedText) => ReactNode) | undefined
  /** What the page knows of the text while it is written. */
  help?: CodeHelp | undefined
  yamlSchema?: CodeEditorProps['yamlSchema']
  onReady?: CodeEditorProps['onReady']
  /** Another face of the same text, drawn in the editor's place. */
  face?: ((edited: EditedText) => ReactNode) | undefined
  /** Said about the text under it. */
  beside?: ((edited: EditedText) => ReactNode) | undefined
  /** Of two editors side by side, the one the keyboard means: it says its state, answers to Save and is where the others see this person. */
  isActive?: boolean
  /** Puts the text in order before it is saved; gives it back as it is where it cannot. */
  tidy?: ((text: string) => Promise<string>) | undefined
}

export type EditedText = {
  text: string
  isUnsaved: boolean
  isReadOnly: boolean
  /** As if the person had typed it. */
  set: (text: string) => void
  save: () => void
  drop: () => void
}

/** One file, from its saved text to the next version. Mount it anew (`key`) for another file. */
export function FileEditor(props: FileEditorProps) {
  const { file, label, statusPlace, acts, help, yamlSchema, onReady, face, beside, isActive = true, tidy } = props
  const { state, text, role, isReadOnly, isUnsaved, save: saveNow } = useFile(file, isActive)
  useConflictNotice(file, state.phase === 'open' ? state.waiting : null)
  const shared = useSharedCode(file, state)
  const people = usePeopleOn(file)
  const set = (next: string) => text?.setText(next)
  const save = () => {
    if (state.phase !== 'open' || !isUnsaved || isReadOnly || state.isSaving) return
    if (!tidy) return void saveNow()
    const typed = text?.now()
    const before = typed?.phase === 'open' ? typed.text : state.text
    void tidy(before).then((tidied) => {
      const now = text?.now()
      // What was typed meanwhile comes first: then the text is saved as it was.
      if (now?.phase === 'open' && now.text === before && tidied !== before) set(tidied)
      return saveNow()
    })
  }
  useSaveCommand(isActive ? save : undefined)

  if (state.phase === 'problem') {
    const { message, fix } = state.problem
    return (
      <ErrorPanel title={message} action={<Button onClick={text?.retry}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (state.phase === 'loading' || !text) return <LoadingText />
  const { base, theirs, left } = state
  const drop = () => set(base.text)
  const edited: EditedText = {
    // What is drawn may be a letter behind; what acts on the text has it whole.
    get text() {
      const now = text.now()
      return now.phase === 'open' ? now.text : state.text
    },
    ...{ isUnsaved, isReadOnly, set, save, drop },
  }
  const status = (
    <>
      <PeopleMarks people={people} />
      {isReadOnly && role ? (
        <ReadOnlyStatus role={role} version={base.version} />
      ) : (
        <>
          {acts?.(edited)}
          <SaveStatus
            isUnsaved={isUnsaved}
            isSaving={state.isSaving}
            keeping={state.keeping}
            version={base.version}
            onSave={save}
          />
        </>
      )}
    </>
  )
  return (
    <>
      {isActive && statusPlace && createPortal(status, statusPlace)}
      <TextNotices state={state} text={text} onSave={save} />
      {theirs ? (
        <ConflictView
          path={file.path}
          mine={state.text}
          theirs={theirs}
          onType={set}
          onTakeTheirs={() => {
            set(theirs.text)
            void saveNow(theirs.version)
          }}
          onSave={() => void saveNow(theirs.version)}
          onLater={text.postpone}
        />
      ) : left ? (
        <LeftTextView path={file.path} now={state.text} left={left} onRestore={text.takeLeft} onDrop={text.dropLeft} />
      ) : face ? (
        face(edited)
      ) : (
        <div className="relative flex min-h-0 flex-1">
          <CodeEditor
            value={state.text}
            onChange={set}
            readOnly={isReadOnly}
            language={languageOf(file.path)}
            path={`${file.workspaceId}/${file.path}`}
            label={label}
            onSave={save}
            yamlSchema={yamlSchema}
            help={help}
            onReady={onReady}
            shared={shared}
          />
        </div>
      )}
      {!theirs && !left && beside?.(edited)}
    </>
  )
}

export function LoadingText() {
  return (
    <div className="p-4 pl-14">
      <SkeletonLines count={6} label="Loading the file" />
    </div>
  )
}

/** Cmd/Ctrl+S saves wherever the keyboard is, never the page to disk. */
function useSaveCommand(save: (() => void) | undefined): void {
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  const commands = useMemo(
    () => [
      {
        id: 'files.save',
        title: 'Save file',
        group: 'Editor',
        keys: 'Mod+S' as const,
        allowWhileTyping: true,
        when: () => latest.current !== undefined,
        run: () => latest.current?.(),
      },
    ],
    [],
  )
  useCommands(commands)
}
