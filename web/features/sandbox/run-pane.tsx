import { useMemo, useRef, useState } from 'react'
import { useCommands } from '#web/kernel/commands.ts'
import { Button } from '#web/ui/button.tsx'
import { classes } from '#web/ui/classes.ts'
import { CodeEditor } from '#web/ui/code-editor.tsx'
import type { CodeEditorHandle } from '#web/ui/code-editor-props.ts'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { SplitPanes } from '#web/ui/panes.tsx'
import { runCommands } from './commands.ts'
import { RunBar } from './run-bar.tsx'
import { RunSide } from './run-side.tsx'
import { SandboxBadge } from './sandbox-badge.tsx'
import { useIsNarrow } from './use-is-narrow.ts'
import { useRun } from './use-run.ts'

/** A snippet, what it prints, and where it runs. */
export function RunPane({ className }: { className?: string }) {
  const snippet = useRun()
  const { language, code, run, stop, sandbox } = snippet
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
        <SandboxBadge sandbox={sandbox} language={language} />
      </RunBar>
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
            path={language === 'typescript' ? 'run/snippet.ts' : 'run/snippet.js'}
            label="Snippet"
            onRun={run}
            onReady={(handle) => {
              editor.current = handle
            }}
          />
        }
        second={<RunSide {...snippet} onShowLine={showLine} />}
      />
    </section>
  )
}

const initialSize = 40
