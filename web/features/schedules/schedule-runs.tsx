import { useQuery } from '@tanstack/react-query'
import type { OrgId, ScheduleId } from '#shared/kernel/ids.ts'
import type { ScheduleRun } from '#shared/schedules/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { glyphColors, StatusGlyph } from '../../ui/status-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { runDetail, runWords } from './run-words.ts'

type RunsProps = { orgId: OrgId; scheduleId: ScheduleId; name: string; onOpenWork: (delegationId: string) => void }

/** What became of a schedule's times, newest first. */
export function ScheduleRuns({ orgId, scheduleId, name, onOpenWork }: RunsProps) {
  const runs = useQuery({ ...trpc.schedules.runs.queryOptions({ orgId, scheduleId }), staleTime: 0 })
  if (runs.error && !runs.data) return <p className="text-12 text-danger">{readProblem(runs.error).message}</p>
  if (!runs.data) return <SkeletonLines count={3} label="Loading the history" />
  if (runs.data.length === 0) return <p className="text-12 text-fg-2">It has not run yet.</p>
  return (
    <ol aria-label={`History of ${name}`} className="flex flex-col">
      {runs.data.map((run) => (
        <li key={run.plannedAt}>
          <RunLine run={run} onOpenWork={onOpenWork} />
        </li>
      ))}
    </ol>
  )
}

/** One run; it leads to its work where it gave any. */
export function RunLine({ run, onOpenWork }: { run: ScheduleRun; onOpenWork: (delegationId: string) => void }) {
  const { glyph, word } = runWords(run)
  const { delegationId } = run
  const detail = runDetail(run)
  const line = (
    <>
      <span className="mt-px shrink-0">
        <StatusGlyph state={glyph} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex gap-2">
          <span className={`font-medium ${glyphColors[glyph]}`}>{word}</span>
          <span className="ml-auto shrink-0 tabular-nums">
            <TimeAgo at={run.finishedAt ?? run.lastAt} />
          </span>
        </span>
        {detail !== '' && (
          <span className="line-clamp-2 break-words" title={detail}>
            {detail}
          </span>
        )}
      </span>
    </>
  )
  const look = 'flex w-full gap-2 rounded-4 px-1.5 py-1 text-left text-12 text-fg-2'
  if (delegationId === null) return <p className={look}>{line}</p>
  return (
    <button type="button" onClick={() => onOpenWork(delegationId)} className={`${look} hover:bg-hover`}>
      {line}
    </button>
  )
}
