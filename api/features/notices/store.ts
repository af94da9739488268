import type { DelegationState } from '#shared/delegations/contract.ts'
import type { DelegationId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import { MutableKind, type Notice, type NoticeKind } from '#shared/notices/contract.ts'
import { unreadMax } from '#shared/notices/limits.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

const maxTaskChars = 160
const maxWordsChars = 400
/** Single marks that are kept; with more, the oldest make way. */
const maxSingleMarks = 500

/** Roles in order, as `isAtLeast` of shared/ has them. */
function roleRank(role: Sql): Sql {
  return sql`array_position(array['viewer', 'member', 'manager', 'admin', 'owner'], ${role})`
}

/** Which notice an event `e` is for this person, null for none. It says what `noticeKindOf` of shared/ says. */
function kindFor(userId: UserId): Sql {
  return sql`case e.type
    when 'delegation.completed' then case when e.payload ->> 'fromWorkspaceId' is null then 'completed' end
    when 'delegation.failed' then case when e.payload ->> 'fromWorkspaceId' is null then 'failed' end
    when 'delegation.lost' then 'lost'
    when 'delegation.waiting' then case e.payload ->> 'waitingFor' when 'budget' then 'budget' when 'input' then 'input' end
    when 'approval.decided' then case when e.payload ->> 'decision' = 'expired' then 'approval' end
    when 'budget.warned' then case when (e.payload ->> 'percent')::int >= 80 then 'budget' end
    when 'chain.paused' then 'loop'
    when 'message.sent' then 'message'
    when 'people.notified' then case when ${roleRank(sql`e.payload ->> 'lowest'`)}
      <= (select ${roleRank(sql`role`)} from people_of_org() where user_id = ${userId}::text) then 'told' end
    when 'member.joined' then case when e.payload ->> 'userId' <> ${userId}::text then 'joined' end
    when 'mcp-server.tools-seen' then case when e.payload ->> 'is' = 'changed' then 'tools' end
  end`
}

/** The events that may be one, in the words of their index. Nobody is told what happened before they came. */
function noticed(reader: Reader, userId: UserId): Sql {
  return sql`e.org_id = ${reader.orgId}
     and e.type in ('delegation.completed', 'delegation.failed', 'delegation.lost', 'delegation.waiting', 'approval.decided',
                    'budget.warned', 'chain.paused', 'member.joined', 'mcp-server.tools-seen',
                    'people.notified', 'message.sent')
     and e.at >= coalesce((select joined_at from people_of_org() where user_id = ${userId}::text), now())`
}

type Marks = { readUpTo: number; readSeqs: number[]; muted: string[] }

export async function selectMarks(reader: Reader, userId: UserId): Promise<Marks> {
  const found = await reader.row<Marks>(sql`
    select read_up_to::float8 as "readUpTo", read_seqs::float8[] as "readSeqs", muted
      from notice_marks where org_id = ${reader.orgId} and user_id = ${userId}::text`)
  return found ?? { readUpTo: 0, readSeqs: [], muted: [] }
}

export function mutedKinds({ muted }: Marks): MutableKind[] {
  return MutableKind.options.filter((kind) => muted.includes(kind))
}

export async function countUnread(reader: Reader, userId: UserId, marks: Marks): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1 from events e
       where ${noticed(reader, userId)} and e.seq > ${marks.readUpTo}::bigint
         and not (e.seq = any (${marks.readSeqs}::bigint[]))
         and not (coalesce(${kindFor(userId)}, '') = any (${['', ...marks.muted]}::text[]))
       order by e.seq desc limit ${unreadMax}) unread`)
  return found?.count ?? 0
}

type NoticeRow = {
  seq: number
  at: Date
  kind: NoticeKind
  workspaceId: WorkspaceId | null
  workspaceName: string | null
  isDeleted: boolean
  delegationId: DelegationId | null
  task: string | null
  state: DelegationState | null
  detail: string | null
  category: string | null
}

/** Newest first, before that number, without the kinds that are muted. */
export async function selectNotices(
  reader: Reader,
  userId: UserId,
  marks: Marks,
  { before, limit }: { before: number; limit: number },
): Promise<Notice[]> {
  const rows = await reader.rows<NoticeRow>(sql`
    with found as (
      select e.seq, e.at, e.payload, ${kindFor(userId)} as kind from events e
       where ${noticed(reader, userId)} and e.seq < ${before}::bigint
         and not (coalesce(${kindFor(userId)}, '') = any (${['', ...marks.muted]}::text[]))
       order by e.seq desc limit ${limit})
    select n.seq::float8 as seq, n.at, n.kind, w.id as "workspaceId", coalesce(f.config ->> 'name', w.name) as "workspaceName",
           w.deleted_at is not null as "isDeleted", d.id as "delegationId", left(d.task, ${maxTaskChars}) as task, d.state,
           case n.kind when 'joined' then coalesce(p.name, 'Somebody who has left')
                       when 'approval' then a.tool
                       when 'tools' then n.payload ->> 'name'
                       when 'loop' then n.payload ->> 'rule'
                       when 'told' then left(t.text, ${maxWordsChars})
                       when 'message' then left(said.text, ${maxWordsChars})
                       when 'budget' then n.payload ->> 'percent' end as detail, n.payload ->> 'category' as category
      from found n
      left join workspaces w on w.org_id = ${reader.orgId} and w.id = (n.payload ->> 'workspaceId')::uuid
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
      left join delegations d on d.org_id = ${reader.orgId} and d.id = (n.payload ->> 'delegationId')::uuid
      left join approvals a on a.org_id = ${reader.orgId} and a.id = (n.payload ->> 'approvalId')::uuid
      left join notifications t on t.org_id = ${reader.orgId} and t.id = (n.payload ->> 'noteId')::uuid
      left join lateral (
        select s.input ->> 'args' as text from steps s
         where n.kind = 'message' and s.org_id = ${reader.orgId} and s.delegation_id = d.id
           and s.step = (n.payload ->> 'step')::int) said on true
      left join people_of_org() p on n.kind = 'joined' and p.user_id = n.payload ->> 'userId'
     order by n.seq desc`)
  const single = new Set(marks.readSeqs)
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.kind,
    isRead: row.seq <= marks.readUpTo || single.has(row.seq),
    workspace:
      row.workspaceId === null
        ? null
        : { id: row.workspaceId, name: row.workspaceName ?? '', isDeleted: row.isDeleted },
    delegation:
      row.delegationId === null || row.state === null
        ? null
        : { id: row.delegationId, task: row.task ?? '', state: row.state },
    detail: row.kind === 'message' ? messageIn(row.detail) : row.detail,
    category: row.kind === 'told' ? row.category : null,
  }))
}

export async function insertReadSeqs(tx: Tx, userId: UserId, seqs: readonly number[]): Promise<void> {
  await tx.rows(sql`
    insert into notice_marks as m (org_id, user_id, read_seqs) values (${tx.orgId}, ${userId}::text, ${seqs}::bigint[])
    on conflict (org_id, user_id) do update set read_seqs = array(
      select seq from (select distinct unnest(m.read_seqs || excluded.read_seqs) as seq) marked
       where seq > m.read_up_to order by seq desc limit ${maxSingleMarks})`)
}

export async function updateReadUpTo(tx: Tx, userId: UserId, upTo: number): Promise<void> {
  await tx.rows(sql`
    insert into notice_marks as m (org_id, user_id, read_up_to)
    values (${tx.orgId}, ${userId}::text, least(${upTo}::bigint, (select seq from org_sequences where org_id = ${tx.orgId})))
    on conflict (org_id, user_id) do update
      set read_up_to = greatest(m.read_up_to, excluded.read_up_to),
          read_seqs = array(select seq from unnest(m.read_seqs) as seq where seq > excluded.read_up_to)`)
}

export async function updateMuted(tx: Tx, userId: UserId, kinds: readonly MutableKind[]): Promise<void> {
  await tx.rows(sql`
    insert into notice_marks (org_id, user_id, muted) values (${tx.orgId}, ${userId}::text, ${kinds}::text[])
    on conflict (org_id, user_id) do update set muted = excluded.muted`)
}

/** The words of a call of send_message_to_user; its arguments were cut for the list, so the JSON may be open. */
function messageIn(args: string | null): string | null {
  const words = /"message"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(args ?? '')?.[1]
  return words === undefined ? null : words.replace(/\\n/g, ' ').replace(/\\(.)/g, '$1')
}
