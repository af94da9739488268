import { Eraser } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { backendFor } from '#sandbox/browser/choose.ts'
import type { Language, Position, Programs } from '#sandbox/sandbox.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { OutputLog } from './output-log.tsx'
import { PreviewView } from './preview-view.tsx'
import { RunStatus } from './run-status.tsx'
import { pageRunner, type RunnerState } from './runner.ts'

const TerminalView = lazy(async () => ({ default: (await import('./terminal-view.tsx')).TerminalView }))

export type RunSideProps = RunnerState & { language: Language; clear: () => void; onShowLine: (at: Position) => void }

type Side = 'output' | 'terminal' | 'preview'

/** What comes of the code: its output, and where the backend has them a terminal and a preview. */
export function RunSide(props: RunSideProps) {
  const { sandbox, language, servers } = props
  const [side, setSide] = useState<Side>('output')
  const backend = sandbox.phase === 'ready' ? backendFor(sandbox.choice, language) : undefined
  const hasTerminal = backend?.sandbox.capabilities.terminal === true
  const programs = usePrograms(language, hasTerminal && side === 'terminal')
  if (!hasTerminal) {
    return (
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface-2">
        <OutputBar {...props}>
          <span className="text-12 text-fg-2">Output</span>
        </OutputBar>
        <OutputLog output={props.output} run={props.progress} onShowLine={props.onShowLine} />
      </div>
    )
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface-2">
      <Tabs label="What comes of it" tabs={sides} active={side} onSelect={setSide}>
        {side === 'output' && (
          <>
            <OutputBar {...props} />
            <OutputLog output={props.output} run={props.progress} onShowLine={props.onShowLine} />
          </>
        )}
        {(side === 'terminal' || programs) && (
          // Once opened it stays: its shell goes on while another tab is in front.
          <div className={side === 'terminal' ? 'flex min-h-0 min-w-0 flex-1' : 'hidden'}>
            <Suspense fallback={<Waiting />}>{programs ? <TerminalView programs={programs} /> : <Waiting />}</Suspense>
          </div>
        )}
        {side === 'preview' && <PreviewView servers={servers} />}
      </Tabs>
    </div>
  )
}

const sides: readonly { id: Side; label: string }[] = [
  { id: 'output', label: 'Output' },
  { id: 'terminal', label: 'Terminal' },
  { id: 'preview', label: 'Preview' },
]

function usePrograms(language: Language, isWanted: boolean): Programs | undefined {
  const [programs, setPrograms] = useState<Programs>()
  useEffect(() => {
    if (isWanted) void pageRunner.programs(language).then(setPrograms)
  }, [language, isWanted])
  return programs
}

function Waiting() {
  return (
    <div className="p-4">
      <SkeletonLines count={3} label="Starting the shell" />
    </div>
  )
}

function OutputBar({ progress, output, clear, children }: RunSideProps & { children?: ReactNode }) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 pr-3 pl-4">
      {children}
      <span className="flex min-w-0 flex-1 justify-end">
        <RunStatus run={progress} />
      </span>
      <IconButton
        icon={Eraser}
        label="Clear"
        size="small"
        disabled={output.length === 0 && progress.phase !== 'ended'}
        onClick={clear}
      />
    </div>
  )
}
