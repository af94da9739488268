import { z } from 'zod'
import { FilePath, FileSummary } from '../files/contract.ts'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

/** One update may hold a whole text of the largest size, with what says where it belongs. */
const maxUpdateBytes = 2 * 1_048_576
/** What is kept of one text until it is saved: itself, and what was typed and deleted on the way. */
export const maxDraftBytes = 6 * 1_048_576

/** Bytes as base64. */
const Bytes = (most: number) => z.base64().max(Math.ceil(most / 3) * 4)

const OfFile = z.object({ orgId: OrgId, workspaceId: WorkspaceId, path: FilePath })
/** The version whose text the shared document began with; of one file no two documents begin with the same. */
const root = z.int().nonnegative()

/** `have` says what is known already, so that only the rest is answered. */
export const ReadDraft = OfFile.extend({ have: z.object({ root, vector: Bytes(65_536) }).optional() })
export type ReadDraft = z.infer<typeof ReadDraft>
export const PushDraft = OfFile.extend({ root, update: Bytes(maxUpdateBytes) })
export type PushDraft = z.infer<typeof PushDraft>
/** Saves the shared text. `over` is the version a person chose to save over, having seen it. */
export const SaveDraft = OfFile.extend({
  root,
  update: Bytes(maxUpdateBytes).nullable(),
  over: z.int().nonnegative().optional(),
})
export type SaveDraft = z.infer<typeof SaveDraft>

const Saved = z.object({ version: z.int().nonnegative(), text: z.string() })

/** A file as those who edit it share it: what was saved, and what was typed over it. */
export const SharedDraft = z.object({
  file: FileSummary,
  /** Where the document begins. */
  root: Saved,
  /** The version that what is typed is compared with: all its changes are in the shared text. */
  base: Saved,
  /** Saved from outside and not in the shared text yet; null where there is no such thing. */
  theirs: Saved.extend({ savedBy: z.string(), savedAt: Instant }).nullable(),
  /** How many updates were taken. */
  seq: z.int().nonnegative(),
  /** What is missing of the document, empty where nobody typed. */
  update: z.string(),
  /** Who typed since the last version. */
  authors: z.array(z.string()),
})
export type SharedDraft = z.infer<typeof SharedDraft>

export const PushedDraft = z.object({ seq: z.int().positive() })
export type PushedDraft = z.infer<typeof PushedDraft>

export const SavedDraft = z.object({
  file: FileSummary,
  text: z.string(),
  root,
  seq: z.int().nonnegative(),
})
export type SavedDraft = z.infer<typeof SavedDraft>

/** One page that somebody has open. */
const PageId = z.uuid()

/** Where somebody is in a text: places that stay true while others type. */
const Cursor = z.object({ anchor: Bytes(300), head: Bytes(300) })
export type Cursor = z.infer<typeof Cursor>

export const SayHere = z.object({
  orgId: OrgId,
  page: PageId,
  /** The workspace that is selected. */
  workspaceId: WorkspaceId.nullable(),
  /** The file that is open, with the cursor in it. */
  file: z.object({ path: FilePath, cursor: Cursor.nullable() }).nullable(),
})
export type SayHere = z.infer<typeof SayHere>
export const SayGone = z.object({ orgId: OrgId, page: PageId })
export type SayGone = z.infer<typeof SayGone>
