import { z } from 'zod'
import { type OutputPiece, Program, type Run, RunLimits, type RunRecord } from '#shared/runs/contract.ts'
import { cutOutput } from '#shared/runs/cut-output.ts'
import type { AgentRunRow } from './agent-runs-store.ts'

/** What run_code was asked; a model that asked wrongly ran nothing. */
const Asked = Program.omit({ path: true })

/** What run_code gave, as far as it is read here. */
const Given = z.object({
  status: z.string().min(1),
  backend: z.string().min(1).optional().catch(undefined),
  limits: RunLimits.optional().catch(undefined),
  exit_code: z.number().optional(),
  error: z.string().optional(),
  detail: z.string().optional(),
  stdout: z.string().default(''),
  stderr: z.string().default(''),
  /** Whom it tried to reach, in words. */
  network: z.array(z.string()).catch([]).default([]),
})

/** An agent's run in the form of a person's; undefined where nothing was run, because its arguments did not fit. */
export function presentAgentRun(row: AgentRunRow): Run | undefined {
  const asked = Asked.safeParse(readJson(row.args))
  if (!asked.success) return undefined
  const { delegationId, step, by, at } = row
  return {
    ...asked.data,
    path: null,
    ref: { kind: 'agent', delegationId, step },
    origin: { kind: 'step', delegationId, step },
    record: recordOf(row),
    ...{ by, at: at.toISOString(), isOwn: false, isShared: true },
  }
}

function recordOf({ text, error, durationMs }: AgentRunRow): RunRecord {
  const given = Given.safeParse(readJson(text ?? ''))
  if (!given.success) {
    const detail = (error ?? 'What came of it cannot be read.').slice(0, 20_000)
    return { backend: 'server', outcome: 'unavailable', detail, durationMs, output: [], leftOut: 0, limits: {} }
  }
  const { status, backend = 'server', limits = {}, exit_code: exitCode, stdout, stderr, network } = given.data
  const ended = exitCode !== undefined && exitCode !== 0 ? `It ended with code ${exitCode}.` : ''
  const said: OutputPiece[] = [
    { stream: 'stdout', text: stdout },
    { stream: 'stderr', text: stderr },
  ]
  const { output, leftOut } = cutOutput(said.filter((piece) => piece.text !== ''))
  const ending = given.data.error ?? given.data.detail ?? ended
  const detail = [ending, ...network]
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, 20_000)
  return { backend, outcome: status, detail, durationMs, output: [...output], leftOut, limits }
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
