import { z } from 'zod'
import { FileId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

/** 1 MiB of UTF-8: prompts, configs and notes, not artefacts. */
export const maxFileBytes = 1_048_576

/** A relative path of plain segments: no "..", no empty segment, no leading slash, no NUL or control character, also none that turns text around. */
export const FilePath = z
  .string()
  .min(1, 'Give the file a path.')
  .max(240, 'Use at most 240 characters.')
  .refine(
    (path) => path.split('/').every(isPlainSegment),
    'Use a relative path without "..", empty or hidden segments.',
  )

function isPlainSegment(segment: string): boolean {
  return (
    /^[^\p{Cc}\p{Cs}\p{Bidi_Control}\\/]{1,100}$/u.test(segment) &&
    !segment.startsWith('.') &&
    segment.trim() === segment
  )
}

export const FileSummary = z.object({
  id: FileId,
  path: z.string(),
  /** Number of the newest version, from 1. */
  version: z.int().positive(),
  bytes: z.int().nonnegative(),
  savedAt: Instant,
  savedBy: z.string(),
})
export type FileSummary = z.infer<typeof FileSummary>

export const FileVersion = z.object({
  version: z.int().positive(),
  bytes: z.int().nonnegative(),
  savedAt: Instant,
  savedBy: z.string(),
  /** Set where this version restored an older one. */
  restoredFrom: z.int().positive().nullable(),
  linesAdded: z.int().nonnegative(),
  linesRemoved: z.int().nonnegative(),
})
export type FileVersion = z.infer<typeof FileVersion>

export const FileText = z.object({ file: FileSummary, text: z.string() })
export type FileText = z.infer<typeof FileText>

export const maxTextsFiles = 100
export const maxTextsChars = 1_000_000

/** Texts of a workspace's files, read together; `leftOut` are paths of files that did not fit. */
export const FileTexts = z.object({
  files: z.array(z.object({ path: z.string(), version: z.int().positive(), text: z.string() })),
  leftOut: z.array(z.string()),
})
export type FileTexts = z.infer<typeof FileTexts>

const InWorkspace = z.object({ orgId: OrgId, workspaceId: WorkspaceId })
export const ListFiles = InWorkspace
export const ReadFile = InWorkspace.extend({ path: FilePath, version: z.int().positive().optional() })
export type ReadFile = z.infer<typeof ReadFile>

/** `baseVersion` is the version the person started from; 0 for a new file. A newer one answers `conflict` with both texts in `data`. */
export const SaveFile = InWorkspace.extend({
  path: FilePath,
  text: z.string(),
  baseVersion: z.int().nonnegative(),
})
export type SaveFile = z.infer<typeof SaveFile>

export const maxAddedFiles = 200

/** New files, taken in together. */
export const AddFiles = InWorkspace.extend({
  files: z
    .array(z.object({ path: FilePath, text: z.string() }))
    .min(1)
    .max(maxAddedFiles),
})
export type AddFiles = z.infer<typeof AddFiles>

/** Paths that were added, and those where a file is `there` already, which were left alone. */
export const AddedFiles = z.object({ added: z.array(z.string()), there: z.array(z.string()) })
export type AddedFiles = z.infer<typeof AddedFiles>

/** `data` of a save conflict: what was saved meanwhile, by whom, and the common base. */
export const SaveConflict = z.object({
  theirs: z.object({ version: z.int().positive(), text: z.string(), savedBy: z.string(), savedAt: Instant }),
  base: z.object({ version: z.int().nonnegative(), text: z.string() }),
})
export type SaveConflict = z.infer<typeof SaveConflict>

export const ListVersions = InWorkspace.extend({ path: FilePath })
export type ListVersions = z.infer<typeof ListVersions>
export const RestoreVersion = InWorkspace.extend({ path: FilePath, version: z.int().positive() })
export type RestoreVersion = z.infer<typeof RestoreVersion>
/** A path that is taken answers `conflict`. */
export const RenameFile = InWorkspace.extend({ path: FilePath, to: FilePath })
export type RenameFile = z.infer<typeof RenameFile>
export const DeleteFile = InWorkspace.extend({ path: FilePath })
export type DeleteFile = z.infer<typeof DeleteFile>
