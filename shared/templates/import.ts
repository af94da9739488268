import { z } from 'zod'
import { ErrorShape } from '../kernel/app-error.ts'
import { OrgId } from '../kernel/ids.ts'
import { ImportAction } from './contract.ts'
import { maxFolderFiles } from './limits.ts'

/** Chosen by the page, so that it can ask what became of an import whose answer was lost. */
export const ImportId = z.uuid().brand<'ImportId'>()
export type ImportId = z.infer<typeof ImportId>

/** A file of a folder a person dropped: its text, or why it cannot be had, in words that follow its name. */
export const FolderFile = z.union([
  z.strictObject({ path: z.string().max(1_000), text: z.string() }),
  z.strictObject({ path: z.string().max(1_000), refused: z.string().max(400) }),
])
export type FolderFile = z.infer<typeof FolderFile>

export const ImportSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('folder'),
    files: z.array(FolderFile).max(maxFolderFiles, `A template has at most ${maxFolderFiles} files.`),
  }),
  z.strictObject({ kind: z.literal('bundle'), name: z.string().max(400), text: z.string() }),
  /** One that ships with the product. */
  z.strictObject({ kind: z.literal('library'), slug: z.string().max(80) }),
])
export type ImportSource = z.infer<typeof ImportSource>

export const ImportRequest = z.strictObject({
  id: ImportId,
  /** `plan` says what would be done and does nothing. */
  act: z.enum(['plan', 'apply']),
  source: ImportSource,
})
export type ImportRequest = z.infer<typeof ImportRequest>

export const CancelImport = z.object({ orgId: OrgId, importId: ImportId })
export type CancelImport = z.infer<typeof CancelImport>

const PlannedKey = z.object({
  /** One of these is enough. */
  names: z.array(z.string()).min(1),
  isRequired: z.boolean(),
  /** Who needs it, by name; all workspaces of the template where it is 'all'. */
  users: z.union([z.array(z.string()), z.literal('all')]),
})
export type PlannedKey = z.infer<typeof PlannedKey>

const PlannedLine = z.object({
  /** Names from the root down. */
  path: z.array(z.string()).min(1),
  action: ImportAction,
  role: z.string(),
  runtime: z.string(),
  model: z.string(),
  tier: z.int(),
  /** Paths of the files that are written. */
  writes: z.array(z.string()),
})
export type PlannedLine = z.infer<typeof PlannedLine>

/** A plan as a page shows it; texts of files are not in it. */
export const ShownPlan = z.object({
  org: z.string(),
  description: z.string(),
  workspaces: z.array(PlannedLine),
  /** Keys the org does not have. */
  keys: z.array(PlannedKey),
  warnings: z.array(z.string()),
  errors: z.array(z.string()),
  /** What is worth trying first, where the template says so. */
  tries: z.array(z.object({ workspace: z.string(), task: z.string() })),
})
export type ShownPlan = z.infer<typeof ShownPlan>

/** What an import says while it works, one JSON object a line; the last one is none of `progress`. */
export const ImportLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('planned'), plan: ShownPlan }),
  z.object({ kind: z.literal('applied'), plan: ShownPlan }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('refused'), error: ErrorShape }),
])
export type ImportLine = z.infer<typeof ImportLine>
