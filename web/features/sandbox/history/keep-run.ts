import type { OrgId, RunId } from '#shared/kernel/ids.ts'
import type { RunRecord } from '#shared/runs/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import type { Program } from '../program.ts'
import type { EndedRun } from '../runner.ts'
import { followRuns } from './follow-runs.ts'
import { recordOf } from './record-of.ts'

/** The runs this page has kept, so that sharing one does not keep it twice. */
const kept = new WeakMap<EndedRun, Promise<RunId>>()

/** Puts a run that ended into the person's history. */
export function keepRun(orgId: OrgId, run: EndedRun): void {
  const keeping = send(orgId, run.program, recordOf(run))
  kept.set(run, keeping)
  keeping.then(followRuns, (error: unknown) => {
    kept.delete(run)
    const { message, fix } = readProblem(error)
    notify({ id: 'run-kept', title: 'This run is not in your history', detail: fix ?? message })
  })
}

/** The id under which a run is kept; it is kept now if it was not. */
export async function keptRun(orgId: OrgId, run: EndedRun): Promise<RunId> {
  return await (kept.get(run) ?? send(orgId, run.program, recordOf(run)))
}

/** Keeps what was not run. */
export async function keepProgram(orgId: OrgId, program: Program): Promise<RunId> {
  return await send(orgId, program, null)
}

async function send(orgId: OrgId, program: Program, record: RunRecord | null): Promise<RunId> {
  const { recorded: _, ...rest } = program
  const { runId } = await client.runs.record.mutate({ orgId, ...rest, record })
  return runId
}
