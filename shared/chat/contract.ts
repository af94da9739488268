import { z } from 'zod'
import { DelegationInput, DelegationView, HoldView, StepKind, StepState } from '../delegations/contract.ts'
import { maxTaskChars } from '../delegations/limits.ts'
import { AttachmentId, ConversationId, DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { maxAttachmentBytes, maxAttachments } from './limits.ts'

const ChatInput = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

/** `conversationId` is made by who begins one; `key` gives the same words once, however often they are sent. */
export const Say = ChatInput.extend({
  conversationId: ConversationId,
  text: z
    .string()
    .trim()
    .min(1, 'Say something.')
    .max(maxTaskChars, `Use at most ${maxTaskChars} characters.`)
    .regex(/^[^\0]*$/, 'Use no NUL character.'),
  attachmentIds: z.array(AttachmentId).max(maxAttachments, `Give at most ${maxAttachments} files at once.`).default([]),
  key: z.uuid(),
})
export type Say = z.infer<typeof Say>

/** Where the words went: into work that had begun, or as work of their own. */
export const Said = z.object({ delegationId: DelegationId, isNew: z.boolean() })
export type Said = z.infer<typeof Said>

/** Asked again under the same `key` it is the same turn. */
export const AnswerAgain = DelegationInput.extend({ key: z.uuid().optional() })

/** Without `conversationId` the latest; `before` pages back by turn. */
export const ReadConversation = ChatInput.extend({
  conversationId: ConversationId.optional(),
  before: z.int().positive().optional(),
})
export type ReadConversation = z.infer<typeof ReadConversation>

/** `missing` says in words what of it the model was not given. */
export const FileView = z.object({
  id: AttachmentId,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int().nonnegative(),
  missing: z.string().nullable(),
})
export type FileView = z.infer<typeof FileView>

/** Words that were said while the work went on. */
const SaidView = z.object({
  step: z.int().nonnegative(),
  from: z.enum(['person', 'workspace']),
  by: z.string(),
  text: z.string(),
  files: z.array(FileView),
  at: Instant.nullable(),
})

/** What is under way or waits. */
export const OpenStep = z.object({ step: z.int().nonnegative(), kind: StepKind, state: StepState, name: z.string() })
export type OpenStep = z.infer<typeof OpenStep>

/** One turn: what was asked as a delegation, and all that was said in it. */
export const TurnView = z.object({
  turn: z.int().positive(),
  delegation: DelegationView,
  hold: HoldView.nullable(),
  files: z.array(FileView),
  /** So many turns were given to the model with it, and so many before those were not. */
  earlier: z.object({ given: z.int().nonnegative(), leftOut: z.int().nonnegative() }),
  said: z.array(SaidView),
  open: z.array(OpenStep),
})
export type TurnView = z.infer<typeof TurnView>

const ConversationSummary = z.object({
  id: ConversationId,
  startedAt: Instant,
  firstWords: z.string(),
  turns: z.int().nonnegative(),
})

export const ConversationView = z.object({
  /** Null where the person has none yet. */
  conversationId: ConversationId.nullable(),
  /** Oldest first. */
  turns: z.array(TurnView),
  hasEarlier: z.boolean(),
  /** The person's conversations with this workspace, latest first. */
  conversations: z.array(ConversationSummary),
})
export type ConversationView = z.infer<typeof ConversationView>

/** What went between a workspace and other agents; `before` pages back by time. */
export const ListComms = ChatInput.extend({ before: Instant.optional(), limit: z.int().min(1).max(100).default(30) })
export type ListComms = z.infer<typeof ListComms>

export const Comm = z.object({
  direction: z.enum(['sent', 'received']),
  /** The other side. */
  withId: WorkspaceId,
  withName: z.string(),
  delegation: DelegationView,
})
export type Comm = z.infer<typeof Comm>

/** `content` in base64: what can be attached is small. */
export const Attach = ChatInput.extend({
  name: z
    .string()
    .trim()
    .min(1, 'Give the file a name.')
    .max(200, 'Use at most 200 characters.')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file has one.
    .regex(/^[^\u0000-\u001f\u007f/\\]*$/, 'A name has no slashes and no control characters.'),
  mediaType: z
    .string()
    .max(120)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'Give a media type such as text/plain.'),
  content: z.base64('Give the file in base64.').max(Math.ceil(maxAttachmentBytes / 3) * 4, tooLarge()),
})
export type Attach = z.infer<typeof Attach>

function tooLarge(): string {
  return `A file has at most ${maxAttachmentBytes / 1024 / 1024} MB.`
}

/** `isMasked`: a secret was found in it and is kept as its name. */
export const Attached = FileView.extend({ isMasked: z.boolean() })
export type Attached = z.infer<typeof Attached>

export const DropAttachment = z.object({ orgId: OrgId, attachmentId: AttachmentId })
