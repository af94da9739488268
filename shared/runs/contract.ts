import { z } from 'zod'
import { DelegationId, OrgId, RunId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { maxRunFiles, maxRunFilesChars, maxRunOutputChars, maxRunPieces } from './limits.ts'

const Path = z.string().min(1).max(240)

/** A program with the files beside it: what is needed to run the same again. */
export const Program = z.object({
  language: z.enum(['typescript', 'javascript', 'python']),
  code: z.string().max(200_000, 'Use at most 200,000 characters.'),
  /** Where the code stands among its files; null for a snippet, which has no place of its own. */
  path: Path.nullable().default(null),
  files: z
    .record(Path, z.string())
    .refine((files) => Object.keys(files).length <= maxRunFiles, `Use at most ${maxRunFiles} files.`)
    .refine(
      (files) => Object.values(files).reduce((sum, text) => sum + text.length, 0) <= maxRunFilesChars,
      `Use at most ${maxRunFilesChars} characters in all files together.`,
    )
    .default({}),
  stdin: z.string().max(1_000_000, 'Use at most 1,000,000 characters.').default(''),
})
export type Program = z.infer<typeof Program>

/** From where a program came: the files of a workspace, or what an agent ran in its work. */
export const RunOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), workspaceId: WorkspaceId }),
  z.object({ kind: z.literal('step'), delegationId: DelegationId, step: z.int().nonnegative() }),
])
export type RunOrigin = z.infer<typeof RunOrigin>

export const OutputPiece = z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() })
export type OutputPiece = z.infer<typeof OutputPiece>

/** What the run was given at most; a backend names those it keeps. */
export const RunLimits = z.object({
  timeMs: z.number().positive().optional(),
  outputBytes: z.number().positive().optional(),
  memoryBytes: z.number().positive().optional(),
  processCount: z.number().positive().optional(),
})
export type RunLimits = z.infer<typeof RunLimits>

/** How it went where it ran. */
export const RunRecord = z.object({
  /** Which backend ran it, e.g. frame-worker. */
  backend: z.string().min(1).max(60),
  /** How it ended, e.g. completed, failed, timed-out. */
  outcome: z.string().min(1).max(30),
  /** Its value, its error or the limit it met, in words. */
  detail: z.string().max(20_000),
  durationMs: z.number().nonnegative(),
  output: z
    .array(OutputPiece)
    .max(maxRunPieces)
    .refine((output) => output.reduce((sum, { text }) => sum + text.length, 0) <= maxRunOutputChars),
  /** Characters of its output that were not kept. */
  leftOut: z.int().nonnegative().default(0),
  limits: RunLimits.default({}),
})
export type RunRecord = z.infer<typeof RunRecord>

/** A person's run, or an agent's, which is read from the step of its work. `record` null: shared before it was run. */
export type Run = Program & {
  ref: RunRef
  origin: RunOrigin | null
  record: RunRecord | null
  /** The person, or the workspace whose agent it was. */
  by: string
  at: string
  isOwn: boolean
  isShared: boolean
}

export type RunSummary = Pick<Run, 'ref' | 'language' | 'path' | 'by' | 'at' | 'isOwn' | 'isShared'> & {
  /** Its path, or the first line that says something. */
  title: string
  backend: string | null
  outcome: string | null
  durationMs: number | null
}

const Recorded = z.object({ kind: z.literal('person'), runId: RunId })
const OfAgent = z.object({ kind: z.literal('agent'), delegationId: DelegationId, step: z.int().nonnegative() })
export const RunRef = z.discriminatedUnion('kind', [Recorded, OfAgent])
export type RunRef = z.infer<typeof RunRef>

export const RecordRun = Program.extend({
  orgId: OrgId,
  origin: RunOrigin.nullable().default(null),
  record: RunRecord.nullable(),
})
export const RunInput = z.object({ orgId: OrgId, runId: RunId })
export const GetRun = z.object({ orgId: OrgId, ref: RunRef })
export const ListRuns = z.object({
  orgId: OrgId,
  /** One's own, what others shared, what agents ran, or all of it. */
  of: z.enum(['all', 'own', 'shared', 'agents']).default('all'),
  /** Older than this one. */
  before: Instant.optional(),
  limit: z.int().min(1).max(50).default(30),
})
export type ListRuns = z.infer<typeof ListRuns>
