import { useMemo, useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useCommands } from '#web/kernel/commands.ts'
import { Button } from '#web/ui/button.tsx'
import { classes } from '#web/ui/classes.ts'
import { CodeEditor } from '#web/ui/code-editor.tsx'
import type { CodeEditorHandle } from '#web/ui/code-editor-props.ts'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { SplitPanes } from '#web/ui/panes.tsx'
import { BesideBar } from './beside-bar.tsx'
import { runCommands } from './commands.ts'
import type { GiveMenuProps } from './give/give-menu.tsx'
import { RunActs } from './run-acts.tsx'
import { RunBar } from './run-bar.tsx'
import { SandboxBadge } from './sandbox-badge.tsx'
import { RunSide } from './side/run-side.tsx'
import { useHome } from './use-home.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useRun } from './use-run.ts'

export type RunPaneProps = Pick<GiveMenuProps, 'onWork' | 'onChat'> & {
  orgId: OrgId
  /** What is selected: the agent to give a program to, and where a snippet's files can be kept. */
  workspace: Workspace | undefined
  className?: string
}

/** A snippet, what it prints, and where it runs. */
export function RunPane({ orgId, workspace, onWork, onChat, className }: RunPaneProps) {
  const snippet = useRun(orgId)
  const { program, run, stop, sandbox } = snippet
  const { language, code } = program
  const home = useHome(orgId, program)
  const isRunning = snippet.progress.phase === 'running'
  const pane = useRef<HTMLElement>(null)
  const editor = useRef<CodeEditorHandle | undefined>(undefined)
  const [size, setSize] = useState(initialSize)
  const isNarrow = useIsNarrow()
  const commands = useMemo(() => {
    const isInPane = () => pane.current?.contains(document.activeElement) === true
    return runCommands({ isRunning, isInPane, run, stop })
  }, [isRunning, run, stop])
  useCommands(commands)

  const showLine = ({ line }: { line: number }) => {
    editor.current?.revealLine(line)
    editor.current?.focus()
  }
  return (
    <section
      ref={pane}
      aria-label="Run"
      className={classes('flex min-h-0 min-w-0 flex-1 flex-col bg-surface', className)}
    >
      <RunBar
        language={language}
        isRunning={isRunning}
        onLanguage={snippet.chooseLanguage}
        onStarter={snippet.takeStarter}
        onRun={run}
        onStop={stop}
      >
        <RunActs {...{ orgId, workspace, program, onWork, onChat }} lastRun={snippet.lastRun} />
        <SandboxBadge orgId={orgId} sandbox={sandbox} language={language} />
      </RunBar>
      <BesideBar program={program} home={home} onStdin={snippet.editStdin} onDrop={snippet.dropFiles} />
      {sandbox.phase === 'unavailable' && (
        <ErrorPanel title="The sandbox could not start" action={<Button onClick={snippet.retry}>Try again</Button>}>
          {sandbox.reason}
        </ErrorPanel>
      )}
      <SplitPanes
        direction={isNarrow ? 'column' : 'row'}
        label="Resize the output"
        size={size}
        min={20}
        max={70}
        initial={initialSize}
        unit="%"
        onResize={setSize}
        first={
          <CodeEditor
            value={code}
            onChange={snippet.edit}
            language={language}
            path={`run/${program.path ?? endings[language]}`}
            label={program.path ?? 'Snippet'}
            onRun={run}
            onReady={(handle) => {
              editor.current = handle
            }}
          />
        }
        second={<RunSide {...snippet} orgId={orgId} workspace={home ?? workspace} onShowLine={showLine} />}
      />
    </section>
  )
}

const initialSize = 40
const endings = { typescript: 'snippet.ts', javascript: 'snippet.js', python: 'snippet.py' } as const
