import { z } from 'zod'
import { OrgId, RunId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { maxRunFiles, maxRunFilesChars, maxRunOutputChars } from './limits.ts'

const Path = z.string().min(1).max(200)

/** A program with the files beside it: what is needed to run the same again. */
export const Program = z.object({
  language: z.enum(['typescript', 'javascript', 'python']),
  code: z.string().max(200_000, 'Use at most 200,000 characters.'),
  files: z
    .record(Path, z.string())
    .refine((files) => Object.keys(files).length <= maxRunFiles, `Use at most ${maxRunFiles} files.`)
    .refine(
      (files) => Object.values(files).reduce((sum, text) => sum + text.length, 0) <= maxRunFilesChars,
      `Use at most ${maxRunFilesChars} characters in all files together.`,
    )
    .default({}),
  stdin: z.string().max(100_000, 'Use at most 100,000 characters.').default(''),
})
export type Program = z.infer<typeof Program>

/** How it went where it ran. */
export const RunRecord = z.object({
  /** Which backend ran it, e.g. frame-worker. */
  backend: z.string().min(1).max(60),
  /** How it ended, e.g. completed, failed, timed-out. */
  outcome: z.string().min(1).max(30),
  /** Its value, its error or the limit it met, in words. */
  detail: z.string().max(20_000),
  durationMs: z.number().nonnegative(),
  output: z.string().max(maxRunOutputChars),
})
export type RunRecord = z.infer<typeof RunRecord>

/** `record` null: shared before it was run. */
export const SharedRun = Program.extend({
  id: RunId,
  record: RunRecord.nullable(),
  sharedBy: z.string(),
  sharedAt: Instant,
})
export type SharedRun = z.infer<typeof SharedRun>

export const ShareRun = Program.extend({ orgId: OrgId, record: RunRecord.nullable() })
export const RunInput = z.object({ orgId: OrgId, runId: RunId })
export const ListRuns = z.object({ orgId: OrgId, limit: z.int().min(1).max(50).default(20) })

export const RunSummary = SharedRun.pick({ id: true, language: true, sharedBy: true, sharedAt: true }).extend({
  /** The first line that says something. */
  title: z.string(),
  outcome: z.string().nullable(),
})
export type RunSummary = z.infer<typeof RunSummary>
