import type { ConversationId, DelegationId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type Of = { userId: UserId; workspaceId: WorkspaceId }

/** Begins the conversation, or takes it up and holds it to the end of the transaction; false where it is another's. */
export async function lockConversation(tx: Tx, id: ConversationId, { userId, workspaceId }: Of): Promise<boolean> {
  await tx.rows(sql`
    insert into conversations (org_id, id, workspace_id, user_id)
    values (${tx.orgId}, ${id}, ${workspaceId}, ${userId}) on conflict do nothing`)
  const found = await tx.row(sql`
    select id from conversations
     where org_id = ${tx.orgId} and id = ${id} and workspace_id = ${workspaceId} and user_id = ${userId} for update`)
  return found !== undefined
}

export type Turn = { turn: number; delegationId: DelegationId }

/** The latest turns before `before`, oldest first. */
export async function listTurns(
  reader: Reader,
  id: ConversationId,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<Turn[]> {
  const older = before === undefined ? sql`` : sql`and turn < ${before}`
  const turns = await reader.rows<Turn>(sql`
    select turn, delegation_id as "delegationId" from conversation_turns
     where org_id = ${reader.orgId} and conversation_id = ${id} ${older} order by turn desc limit ${limit}`)
  return turns.reverse()
}

/** A conversation is locked while it gets a turn. */
export async function insertTurn(tx: Tx, id: ConversationId, delegationId: DelegationId): Promise<void> {
  await tx.rows(sql`
    insert into conversation_turns (org_id, conversation_id, turn, delegation_id)
    select ${tx.orgId}, ${id}, coalesce(max(turn), 0) + 1, ${delegationId} from conversation_turns
     where org_id = ${tx.orgId} and conversation_id = ${id}`)
}

/** The key of the delegation that words under `key` begin. */
export function turnKey(key: string): string {
  return `chat/${key}`
}

/** Where words under this key went: a turn they began, whatever became of it, or one they were said into. */
export async function findSaid(reader: Reader, id: ConversationId, key: string): Promise<DelegationId | undefined> {
  // Nobody who waits for an answer says twenty other things first.
  const row = await reader.row<{ delegationId: DelegationId }>(sql`
    select t.delegation_id as "delegationId"
      from (select turn, delegation_id from conversation_turns
             where org_id = ${reader.orgId} and conversation_id = ${id} order by turn desc limit 20) t
      join delegations d on d.org_id = ${reader.orgId} and d.id = t.delegation_id
     where d.idempotency_key = ${turnKey(key)}
        or exists (select 1 from steps s
                    where s.org_id = ${reader.orgId} and s.delegation_id = t.delegation_id and s.kind = 'note'
                      and s.name = 'message' and s.output ->> 'key' = ${key})
     order by t.turn desc limit 1`)
  return row?.delegationId
}

type Whose = { conversationId: ConversationId; workspaceId: WorkspaceId; turn: number }

/** The turn a delegation is, where it is one of this person's. */
export async function findTurn(reader: Reader, delegationId: DelegationId, userId: UserId): Promise<Whose | undefined> {
  return await reader.row<Whose>(sql`
    select c.id as "conversationId", c.workspace_id as "workspaceId", t.turn
      from conversation_turns t join conversations c on c.org_id = t.org_id and c.id = t.conversation_id
     where t.org_id = ${reader.orgId} and t.delegation_id = ${delegationId} and c.user_id = ${userId}`)
}

export type ConversationRow = { id: ConversationId; startedAt: Date; firstWords: string; turns: number }

/** Latest first. */
export async function listConversations(reader: Reader, { userId, workspaceId }: Of): Promise<ConversationRow[]> {
  return await reader.rows<ConversationRow>(sql`
    select c.id, c.created_at as "startedAt", left(d.task, 120) as "firstWords",
           (select count(*) from conversation_turns n
             where n.org_id = c.org_id and n.conversation_id = c.id)::int as turns
      from conversations c
      join conversation_turns t on t.org_id = c.org_id and t.conversation_id = c.id and t.turn = 1
      join delegations d on d.org_id = t.org_id and d.id = t.delegation_id
     where c.org_id = ${reader.orgId} and c.user_id = ${userId} and c.workspace_id = ${workspaceId}
     order by c.created_at desc, c.id desc limit 50`)
}
