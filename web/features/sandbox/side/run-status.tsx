import { useNow } from '#web/ui/clock.ts'
import { StatusLabel } from '#web/ui/status-glyph.tsx'
import { describeResult } from '../describe-result.ts'
import type { RunState } from '../runner.ts'

/** What the run does now or how it ended; heard as it changes. */
export function RunStatus({ run, isServing }: { run: RunState; isServing: boolean }) {
  return (
    <span role="status" className="flex min-w-0 text-12">
      {run.phase === 'running' && <Running startedAt={run.startedAt} isServing={isServing} />}
      {run.phase === 'ended' && <Ended run={run} />}
    </span>
  )
}

function Running({ startedAt, isServing }: { startedAt: number; isServing: boolean }) {
  const seconds = Math.max(0, Math.round((useNow() - startedAt) / 1000))
  return (
    <StatusLabel state="working">
      {isServing ? 'Serving until you stop it' : 'Running'}
      <span aria-hidden="true">{seconds > 0 && ` · ${seconds} s`}</span>
    </StatusLabel>
  )
}

function Ended({ run }: { run: Extract<RunState, { phase: 'ended' }> }) {
  const { state, word } = describeResult(run.result)
  return <StatusLabel state={state}>{word}</StatusLabel>
}
