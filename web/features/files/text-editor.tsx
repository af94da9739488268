import { Play } from 'lucide-react'
import { type ReactNode, Suspense, useCallback, useMemo } from 'react'
import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import type { CodeEditorHandle } from '../../ui/code-editor-props.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useRunBlock } from './blocks/use-run-block.ts'
import { EditorOptions } from './editor-options.tsx'
import { FileEditor, type FileEditorProps, LoadingText } from './file-editor.tsx'
import type { FileRunner } from './file-runner.ts'
import { secretFindings } from './help/secret-findings.ts'
import { languageOf } from './language-of.ts'
import { PromptEditor } from './prompt-editor.tsx'
import { useTidy } from './tidy/use-tidy.ts'

// What reads YAML and knows its schema is a third of the editor's own code, and no prompt needs it.
const ConfigEditor = lazyPart(() => import('./config-editor.tsx').then((part) => ({ default: part.ConfigEditor })))

export type TextEditorProps = {
  orgId: OrgId
  workspace: Workspace
  path: string
  statusPlace: HTMLElement | null
  promptActs?: FileEditorProps['acts']
  /** What others have to say about the config. */
  configNotice?: ReactNode
  runner?: FileRunner | undefined
  onGoTo: (workspace: WorkspaceId) => void
  isActive?: boolean
  onReady?: FileEditorProps['onReady']
}

/** Any file of a workspace: the prompt and the config with all that is known about them, the others as text. */
export function TextEditor(props: TextEditorProps) {
  const { orgId, workspace, path, promptActs, configNotice, runner, onGoTo, onReady, ...rest } = props
  const tidy = useTidy(path)
  const hasBlocks = languageOf(path) === 'markdown'
  const { lineAct, onReady: holdEditor } = useRunBlock({
    runner: hasBlocks ? runner : undefined,
    isActive: rest.isActive !== false,
  })
  const ready = useCallback(
    (editor: CodeEditorHandle) => {
      holdEditor(editor)
      onReady?.(editor)
    },
    [holdEditor, onReady],
  )
  const help = useMemo(
    () => ({ lint: (text: string) => secretFindings(text, { makeSecret: undefined }), lineAct }),
    [lineAct],
  )
  const open = { ...rest, orgId, workspace, onGoTo, tidy }
  return (
    <>
      <EditorOptions path={path} statusPlace={rest.isActive === false ? null : rest.statusPlace} />
      {path === promptPath ? (
        <PromptEditor {...open} acts={promptActs} lineAct={lineAct} onReady={ready} />
      ) : path === configPath ? (
        <Suspense fallback={<LoadingText />}>
          <ConfigEditor {...open} notice={configNotice} onReady={onReady} />
        </Suspense>
      ) : (
        <FileEditor
          {...rest}
          file={{ orgId, workspaceId: workspace.id, path }}
          label={`${path} of ${workspace.name}`}
          help={help}
          onReady={ready}
          tidy={tidy}
          acts={runner?.can(path) ? () => <RunButton path={path} runner={runner} /> : undefined}
        />
      )}
    </>
  )
}

function RunButton({ path, runner }: { path: string; runner: FileRunner }) {
  const keys = keyCaps('Mod+Enter', isMacPlatform())
  return <IconButton icon={Play} label={`Run ${path}`} keys={keys} size="small" onClick={() => runner.run(path)} />
}
