import type { FileId, UserId, WorkspaceId } from '../kernel/ids.ts'

/** Somebody has a page of the org open. */
export type Here = {
  /** Of person and page, so that nobody speaks for another. */
  id: string
  userId: UserId
  name: string
  workspaceId: WorkspaceId | null
  file: { path: string; cursor: { anchor: string; head: string } | null } | null
}

/**
 * What travels beside the org's events: it is recorded nowhere, has no number, and nothing is lost for good with it. A draft
 * says how far its text has come; where the update itself is missing it is read.
 */
export type Aside =
  | { kind: 'draft'; fileId: FileId; seq: number; root: number; base: number; update: string | null }
  /** Who is here already, for who comes; said once, first of all. */
  | { kind: 'present'; all: readonly Here[] }
  | { kind: 'here'; here: Here }
  | { kind: 'gone'; id: string }
