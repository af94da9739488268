import { z } from 'zod'
import { OrgId, SnapshotId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { OrgName } from '../orgs/contract.ts'

export const Snapshot = z.object({
  id: SnapshotId,
  name: z.string(),
  takenAt: Instant,
  takenByName: z.string(),
  /** Size of its file. */
  bytes: z.int().nonnegative(),
  /** SHA-256 of its contents, hexadecimal. */
  sha256: z.string(),
  workspaces: z.int().nonnegative(),
  delegations: z.int().nonnegative(),
  memories: z.int().nonnegative(),
})
export type Snapshot = z.infer<typeof Snapshot>

export const TakeSnapshot = z.object({
  orgId: OrgId,
  /** By default the name of the org. */
  name: z.string().trim().min(1).max(120, 'Use at most 120 characters.').optional(),
})
export type TakeSnapshot = z.infer<typeof TakeSnapshot>

export const SnapshotInput = z.object({ orgId: OrgId, snapshotId: SnapshotId })
export type SnapshotInput = z.infer<typeof SnapshotInput>

export const RestoreSnapshot = SnapshotInput.extend({
  /** Of the new org; by default the old one's, marked as restored. */
  name: OrgName.optional(),
})
export type RestoreSnapshot = z.infer<typeof RestoreSnapshot>

/** The new org; its roots are paused. `alive` delegations wait there to go on. */
export const RestoredOrg = z.object({ orgId: OrgId, name: z.string(), alive: z.int().nonnegative() })
export type RestoredOrg = z.infer<typeof RestoredOrg>

export const snapshotVersion = 1

/** First line of a snapshot's file. */
export const SnapshotHeader = z.object({
  format: z.literal('delegraph-snapshot'),
  version: z.int().positive(),
  id: SnapshotId,
  orgId: OrgId,
  orgName: OrgName,
  takenAt: Instant,
  takenByName: z.string(),
  /** The org's sequence number it is true at. */
  seq: z.int().nonnegative(),
})
export type SnapshotHeader = z.infer<typeof SnapshotHeader>

/** One row of one table. */
export const SnapshotRow = z.object({ table: z.string().max(63), row: z.record(z.string(), z.unknown()) })
export type SnapshotRow = z.infer<typeof SnapshotRow>

/** Last line: how many rows of each table came before, and the SHA-256 of all lines before this one, line ends included. */
export const SnapshotTrailer = z.object({ rows: z.record(z.string(), z.int()), sha256: z.string() })
export type SnapshotTrailer = z.infer<typeof SnapshotTrailer>
