import { Eraser } from 'lucide-react'
import { useState } from 'react'
import { backendFor } from '#sandbox/browser/choose.ts'
import type { Position } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { ChangesStrip } from '../changes/changes-strip.tsx'
import { HistoryView } from '../history/history-view.tsx'
import type { Program } from '../program.ts'
import { RecordedStrip } from '../recorded-strip.tsx'
import { isServing, type RunnerState } from '../runner.ts'
import type { Can } from './can.ts'
import { OutputLog } from './output-log.tsx'
import { PreviewView } from './preview-view.tsx'
import { RunStatus } from './run-status.tsx'
import { TerminalSide } from './terminal-side.tsx'

export type RunSideProps = RunnerState & {
  orgId: OrgId
  workspace: Workspace | undefined
  program: Program
  clear: () => void
  onShowLine: (at: Position) => void
}

type Side = 'output' | 'preview' | 'terminal' | 'history'

/** What comes of the code, what it serves, a shell beside it, and the runs of before. */
export function RunSide(props: RunSideProps) {
  const { orgId, workspace, program, progress, output, lastRun, sandbox, servers, clear, onShowLine } = props
  const { madeBeside, noRoom } = props
  const [side, setSide] = useState<Side>('output')
  const [wasServing, setWasServing] = useState(false)
  const hasServers = servers.length > 0
  // What begins to serve is what the person waits to see.
  if (wasServing !== hasServers) {
    setWasServing(hasServers)
    if (hasServers) setSide('preview')
  }
  const backend = sandbox.phase === 'ready' ? backendFor(sandbox.choice, program.language) : undefined
  const others = sandbox.phase === 'starting' ? [] : sandbox.phase === 'ready' ? sandbox.choice.others : sandbox.others
  const state = sandbox.phase === 'unavailable' ? sandbox.reason : sandbox.phase
  const can: Can = { state, backend: backend?.sandbox, others }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface-2">
      <Tabs label="What comes of it" tabs={tabsFor(hasServers)} active={side} onSelect={setSide}>
        {side === 'output' && (
          <>
            <RecordedStrip program={program} lastRun={lastRun} />
            <ChangesStrip {...{ orgId, workspace, program, lastRun, madeBeside, noRoom }} />
            <div className="flex h-9 shrink-0 items-center gap-3 pr-3 pl-4">
              <span className="flex min-w-0 flex-1">
                <RunStatus run={progress} isServing={isServing({ progress, servers })} />
              </span>
              <IconButton
                icon={Eraser}
                label="Clear"
                size="small"
                disabled={output.length === 0 && progress.phase !== 'ended'}
                onClick={clear}
              />
            </div>
            <OutputLog output={output} run={progress} onShowLine={onShowLine} />
          </>
        )}
        {side === 'preview' && <PreviewView servers={servers} can={can} />}
        <TerminalSide key={orgId} orgId={orgId} isShown={side === 'terminal'} language={program.language} can={can} />
        {side === 'history' && <HistoryView orgId={orgId} onOpened={() => setSide('output')} />}
      </Tabs>
    </div>
  )
}

function tabsFor(hasServers: boolean) {
  return [
    { id: 'output', label: 'Output' },
    { id: 'preview', label: 'Preview', ...(hasServers && { mark: { label: 'Something answers' } }) },
    { id: 'terminal', label: 'Terminal' },
    { id: 'history', label: 'Earlier' },
  ] as const
}
