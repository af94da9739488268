import { z } from 'zod'
import { FileId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Position } from '../workspaces/contract.ts'

export const ActId = z.uuid().brand<'ActId'>()
export type ActId = z.infer<typeof ActId>

const Place = Position.nullable()
const Seat = z.object({ parentId: WorkspaceId.nullable(), position: Place })
/** Number of a file's version; null while there is no such file. */
const Version = z.int().positive().nullable()

/**
 * What an act changed, told from both sides: read from `from` to `to` it is the act, the other way round it takes the act
 * back. What is not on the side it starts from has been changed meanwhile, and is left alone.
 */
export const Change = z.discriminatedUnion('kind', [
  /** Workspaces came to be, or went. */
  z.object({
    kind: z.literal('life'),
    workspaceIds: z.array(WorkspaceId).min(1),
    from: z.enum(['there', 'gone']),
    to: z.enum(['there', 'gone']),
  }),
  z.object({
    kind: z.literal('seat'),
    moves: z.array(z.object({ workspaceId: WorkspaceId, from: Seat, to: Seat })).min(1),
  }),
  z.object({
    kind: z.literal('place'),
    placements: z.array(z.object({ workspaceId: WorkspaceId, from: Place, to: Place })).min(1),
  }),
  z.object({ kind: z.literal('name'), workspaceId: WorkspaceId, from: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('mark'),
    mark: z.enum(['paused', 'frozen']),
    workspaceIds: z.array(WorkspaceId).min(1),
    from: z.boolean(),
    to: z.boolean(),
  }),
  z.object({
    kind: z.literal('file'),
    workspaceId: WorkspaceId,
    /** Which of those that have had this path; acts kept before it was noted mean the latest. */
    fileId: FileId.optional(),
    path: z.string(),
    from: Version,
    to: Version,
  }),
  /** A file was called by another path. */
  z.object({
    kind: z.literal('path'),
    workspaceId: WorkspaceId,
    fileId: FileId,
    from: z.string(),
    to: z.string(),
  }),
])
export type Change = z.infer<typeof Change>

/** An act as a person reads of it: "Undo move of Researcher". */
export const ActName = z.object({ id: ActId, name: z.string(), at: Instant })
export type ActName = z.infer<typeof ActName>

/** With `actId` also that act. `passed`: what was refused since, so that what is older has its turn. */
export const StandingInput = z.object({
  orgId: OrgId,
  actId: ActId.optional(),
  passed: z.array(ActId).max(100).default([]),
})
export type StandingInput = z.infer<typeof StandingInput>

/**
 * What the person could take back now in this org, and what they could do again. `asked` is the act that was asked for, as
 * long as it can be taken back.
 */
export const UndoStanding = z.object({
  undo: ActName.nullable(),
  redo: ActName.nullable(),
  asked: ActName.nullable(),
})
export type UndoStanding = z.infer<typeof UndoStanding>

export const ActInput = z.object({ orgId: OrgId, actId: ActId })
export type ActInput = z.infer<typeof ActInput>
