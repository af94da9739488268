import { z } from 'zod'

/** Branded ids: an id of one thing can never be passed where another is meant. All are UUIDs (v7 when we make them). */
export const OrgId = z.uuid().brand<'OrgId'>()
export type OrgId = z.infer<typeof OrgId>

export const UserId = z.string().min(1).max(64).brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

export const WorkspaceId = z.uuid().brand<'WorkspaceId'>()
export type WorkspaceId = z.infer<typeof WorkspaceId>

export const FileId = z.uuid().brand<'FileId'>()
export type FileId = z.infer<typeof FileId>

export const DelegationId = z.uuid().brand<'DelegationId'>()
export type DelegationId = z.infer<typeof DelegationId>

export const EventId = z.uuid().brand<'EventId'>()
export type EventId = z.infer<typeof EventId>
