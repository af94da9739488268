import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { ListRuns, Run, RunRef, RunSummary } from '#shared/runs/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { selectAgentRun, selectAgentRuns } from './agent-runs-store.ts'
import { presentAgentRun } from './present-agent-run.ts'
import { type RunRow, type SummaryRow, selectRun, selectRuns } from './store.ts'

/** A run with all that is needed to run it again: one's own, one that is shared, or an agent's. */
export async function getRun(context: OrgContext, ref: RunRef): Promise<Run> {
  requireMay(context, 'runs.read')
  const reads = readerOf(context)
  const found = await inSnapshot(context.db, context.orgId, (reader) => findRun(reader, ref, reads))
  if (!found) throw noRun()
  return found
}

/** The newest first. */
export async function listRuns(context: OrgContext, input: Omit<ListRuns, 'orgId'>): Promise<RunSummary[]> {
  requireMay(context, 'runs.read')
  const reads = readerOf(context)
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [people, agents] = await Promise.all([
      input.of === 'agents' ? [] : selectRuns(reader, reads, input),
      input.of === 'agents' || input.of === 'all' ? selectAgentRuns(reader, input) : [],
    ])
    const all = [...people.map((row) => summaryOf(row, reads)), ...agents.flatMap((row) => agentSummary(row) ?? [])]
    return all.sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, input.limit)
  })
}

export function noRun(): AppError {
  return new AppError(
    'not-found',
    'There is no such run; whoever made it may have deleted it, or keeps it to themselves.',
  )
}

/** Whose runs are shown though they are not shared. */
export function readerOf({ actor }: OrgContext): UserId | null {
  return actor.kind === 'person' ? actor.userId : null
}

async function findRun(reader: Reader, ref: RunRef, reads: UserId | null): Promise<Run | undefined> {
  if (ref.kind === 'agent') {
    const row = await selectAgentRun(reader, ref.delegationId, ref.step)
    return row && presentAgentRun(row)
  }
  const row = await selectRun(reader, ref.runId, reads)
  return row && presentRun(row, reads)
}

function presentRun({ id, at, byId, ...run }: RunRow, reads: UserId | null): Run {
  return { ...run, ref: { kind: 'person', runId: id }, at: at.toISOString(), isOwn: isOwn(byId, reads) }
}

function summaryOf({ id, at, byId, head, ...row }: SummaryRow, reads: UserId | null): RunSummary {
  return {
    ...row,
    ref: { kind: 'person', runId: id },
    title: row.path ?? titleOf(head),
    at: at.toISOString(),
    isOwn: isOwn(byId, reads),
  }
}

function agentSummary(row: Parameters<typeof presentAgentRun>[0]): RunSummary | undefined {
  const run = presentAgentRun(row)
  if (!run) return undefined
  const { ref, language, path, by, at, record } = run
  const { backend = null, outcome = null, durationMs = null } = record ?? {}
  const title = titleOf(run.code.slice(0, 400))
  return { ref, language, path, by, at, title, backend, outcome, durationMs, isOwn: false, isShared: true }
}

function isOwn(byId: string | null, reads: UserId | null): boolean {
  return reads !== null && byId === reads
}

function titleOf(head: string): string {
  const line = head.split('\n').find((each) => each.trim() !== '') ?? 'An empty snippet'
  return line
    .replace(/^\s*(\/\/|#)\s*/, '')
    .trim()
    .slice(0, 120)
}
