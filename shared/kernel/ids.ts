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

export const ApprovalId = z.uuid().brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>

export const BudgetId = z.uuid().brand<'BudgetId'>()
export type BudgetId = z.infer<typeof BudgetId>

export const ScheduleId = z.uuid().brand<'ScheduleId'>()
export type ScheduleId = z.infer<typeof ScheduleId>

export const MemoryId = z.uuid().brand<'MemoryId'>()
export type MemoryId = z.infer<typeof MemoryId>

export const SnapshotId = z.uuid().brand<'SnapshotId'>()
export type SnapshotId = z.infer<typeof SnapshotId>

/** Of an API key: a machine's, or a person's own. */
export const KeyId = z.uuid().brand<'KeyId'>()
export type KeyId = z.infer<typeof KeyId>

/** Of the token an agent outside our engine shows for its workspace. */
export const AgentTokenId = z.uuid().brand<'AgentTokenId'>()
export type AgentTokenId = z.infer<typeof AgentTokenId>

export const InvitationId = z.uuid().brand<'InvitationId'>()
export type InvitationId = z.infer<typeof InvitationId>

export const SecretId = z.uuid().brand<'SecretId'>()
export type SecretId = z.infer<typeof SecretId>

/** Of one person's conversation with one workspace. */
export const ConversationId = z.uuid().brand<'ConversationId'>()
export type ConversationId = z.infer<typeof ConversationId>

/** Of a file given with words. */
export const AttachmentId = z.uuid().brand<'AttachmentId'>()
export type AttachmentId = z.infer<typeof AttachmentId>

/** Of a program people ran and shared. */
export const RunId = z.uuid().brand<'RunId'>()
export type RunId = z.infer<typeof RunId>

/** Of an external MCP server whose tools an org's agents may use. */
export const McpServerId = z.uuid().brand<'McpServerId'>()
export type McpServerId = z.infer<typeof McpServerId>
