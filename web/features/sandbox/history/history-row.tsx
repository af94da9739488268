import { Link2, Share2, Trash2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { RunSummary } from '#shared/runs/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { useMay } from '#web/kernel/may.ts'
import { client } from '#web/kernel/trpc.ts'
import { IconButton } from '#web/ui/icon-button.tsx'
import { glyphColors, StatusGlyph } from '#web/ui/status-glyph.tsx'
import { TimeAgo } from '#web/ui/time-ago.tsx'
import { notify } from '#web/ui/toast.ts'
import { formatDuration } from '../describe-result.ts'
import { outcomeWords } from '../outcome-words.ts'
import { followRuns } from './follow-runs.ts'
import { openRun } from './open-run.ts'
import { copyLink, useShareRun } from './share-run.ts'

export type HistoryRowProps = { orgId: OrgId; run: RunSummary; onOpened: () => void }

/** One run: press it to have it in the pane again; beside it what may be done with it. */
export function HistoryRow({ orgId, run, onOpened }: HistoryRowProps) {
  const { ref, title, by, at, isOwn, isShared, outcome } = run
  const share = useShareRun(orgId)
  const mayShare = useMay(orgId, 'runs.share')
  const mayDelete = useMay(orgId, 'runs.delete')
  const { word, state } = outcome === null ? ({ word: 'Not run', state: 'queued' } as const) : outcomeWords(outcome)
  const open = () => void openRun(orgId, ref).then(onOpened)
  // What never began took no time anywhere.
  const where = run.backend === null || !run.durationMs ? '' : ` · ${formatDuration(run.durationMs)} in ${run.backend}`
  return (
    <li className="group flex items-center gap-1 border-b border-line pr-2 hover:bg-hover">
      <button
        type="button"
        onClick={open}
        aria-label={`Open ${title}, ${word}, ${isOwn ? 'yours' : by}`}
        className="flex min-w-0 flex-1 items-start gap-2 py-2 pl-4 text-left focus-visible:outline-offset-[-2px]"
      >
        <span className={`mt-0.5 shrink-0 ${glyphColors[state]}`}>
          <StatusGlyph state={state} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-mono text-12" title={title}>
            {title}
          </span>
          <span className="block text-12 text-fg-2">
            {isOwn ? 'You' : ref.kind === 'agent' ? `${by}, an agent` : by}
            {isOwn && isShared ? ', shared' : ''} · {word}
            {where} · <TimeAgo at={at} />
          </span>
        </span>
      </button>
      {ref.kind === 'person' && isOwn && mayShare && !isShared && (
        <IconButton
          icon={Share2}
          label={`Share ${title}`}
          size="small"
          disabled={share.isPending}
          onClick={() => share.mutate({ kind: 'kept', runId: ref.runId })}
        />
      )}
      {isShared && (
        <IconButton
          icon={Link2}
          label={`Copy the link to ${title}`}
          size="small"
          onClick={() => void copyLink(orgId, ref)}
        />
      )}
      {ref.kind === 'person' && (isOwn || mayDelete) && (
        <IconButton
          icon={Trash2}
          label={`Delete ${title}`}
          size="small"
          onClick={() => void remove(orgId, ref.runId)}
        />
      )}
    </li>
  )
}

type RunId = Extract<RunSummary['ref'], { kind: 'person' }>['runId']

async function remove(orgId: OrgId, runId: RunId): Promise<void> {
  try {
    await client.runs.delete.mutate({ orgId, runId })
    followRuns()
  } catch (error) {
    const { message } = readProblem(error)
    notify({ title: 'The run is still there', detail: message, tone: 'failed' })
  }
}
