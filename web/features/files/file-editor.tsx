import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { configPath } from '#shared/files/paths.ts'
import { mayAs } from '#shared/policies.ts'
import { useCommands } from '../../kernel/commands.ts'
import { useRole } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { CodeEditor } from '../../ui/code-editor.tsx'
import type { CodeHelp } from '../../ui/code-help.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { configSchema } from './config-schema.ts'
import { ConflictView } from './conflict-view.tsx'
import { isDirty } from './edit-state.ts'
import { languageOf } from './language-of.ts'
import { ReadOnlyStatus, SaveStatus } from './save-status.tsx'
import { type FileRef, useFile } from './use-file.ts'
import { useSaveFile } from './use-save-file.ts'

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
  /** Another face of the same text, drawn in the editor's place. */
  face?: ((edited: EditedText) => ReactNode) | undefined
  /** Said about the text under it. */
  beside?: ((edited: EditedText) => ReactNode) | undefined
  /** Of two editors side by side, the one the keyboard means: it says its state and answers to Save. */
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
  const { file, label, statusPlace, acts, help, face, beside, isActive = true, tidy } = props
  const { state, dispatch, isKept, problem, retry } = useFile(file)
  const saving = useSaveFile(file, state, dispatch)
  const [dismissed, setDismissed] = useState<unknown>()
  const isUnsaved = isDirty(state)
  const latest = useRef(state.text)
  useEffect(() => {
    latest.current = state.text
  }, [state.text])
  const role = useRole(file.orgId)
  const isReadOnly = role !== undefined && !mayAs(role, 'files.edit')
  const set = (text: string) => {
    if (!isReadOnly) dispatch({ type: 'typed', text })
  }
  const save = () => {
    if (!isUnsaved || isReadOnly || saving.isSaving) return
    if (!tidy) return saving.save(state.text)
    void tidy(state.text).then((text) => {
      // What was typed meanwhile comes first: then the text is saved as it was.
      if (latest.current !== state.text) return saving.save(state.text)
      if (text !== state.text) set(text)
      saving.save(text)
    })
  }
  useSaveCommand(isActive ? save : undefined)

  if (problem) {
    return (
      <ErrorPanel title={problem.message} action={<Button onClick={retry}>Try again</Button>}>
        {problem.fix}
      </ErrorPanel>
    )
  }
  if (!state.isOpen) {
    return (
      <div className="p-4 pl-14">
        <SkeletonLines count={6} label="Loading the file" />
      </div>
    )
  }
  const drop = () => dispatch({ type: 'typed', text: state.base.text })
  const edited: EditedText = { text: state.text, isUnsaved, isReadOnly, set, save, drop }
  const status = isReadOnly ? (
    <ReadOnlyStatus role={role} version={state.base.version} />
  ) : (
    <>
      {acts?.(edited)}
      <SaveStatus
        isUnsaved={isUnsaved}
        isSaving={saving.isSaving}
        isKept={isKept}
        version={state.base.version}
        onSave={save}
      />
    </>
  )
  return (
    <>
      {isActive && statusPlace && createPortal(status, statusPlace)}
      {saving.problem && saving.problem !== dismissed && (
        <ErrorPanel
          title={saving.problem.message}
          action={
            <>
              <Button onClick={save}>Try again</Button>
              <Button tone="ghost" onClick={() => setDismissed(saving.problem)}>
                Go on editing
              </Button>
            </>
          }
        >
          {saving.problem.fix}
        </ErrorPanel>
      )}
      {state.theirs ? (
        <ConflictView
          path={file.path}
          mine={state.text}
          theirs={state.theirs}
          dispatch={dispatch}
          onSave={saving.save}
        />
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
            yamlSchema={file.path === configPath ? configSchema : undefined}
            help={help}
          />
        </div>
      )}
      {!state.theirs && beside?.(edited)}
    </>
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
