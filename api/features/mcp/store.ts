import type { McpServerId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { McpReach, McpServers, McpTransport, ToolHints, ToolList } from '#shared/mcp/contract.ts'
import { restorableHours } from '#shared/mcp/limits.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

type Said = { byName: string; at: string }

/** A server as it is kept. `version` counts the changes of how it is reached, so that nothing old is recorded of the new. */
export type ServerRow = {
  id: McpServerId
  name: string
  version: number
  transport: McpTransport
  reach: McpReach
  timeoutSeconds: number
  isOn: boolean
  commandApproved: ({ hash: string } & Said) | null
  approved: (ToolList & Said) | null
  seen: (ToolList & { at: string }) | null
  trouble: { reason: string; at: string } | null
  hints: Readonly<Record<string, ToolHints>>
}

type Kept = Omit<ServerRow, 'reach'> & { reach: McpReach['kind']; workspaceIds: WorkspaceId[] }

const columns = sql`s.id, s.name, s.version, s.transport, s.reach, s.timeout_seconds as "timeoutSeconds", s.is_on as "isOn",
  s.command_approved as "commandApproved", s.approved, s.seen, s.trouble, s.hints,
  array(select w.workspace_id from mcp_server_workspaces w
         where w.org_id = s.org_id and w.server_id = s.id order by w.workspace_id) as "workspaceIds"`

/** By name. */
export async function selectServers(reader: Reader): Promise<ServerRow[]> {
  return await select(reader, sql`true`)
}

export async function findServer(reader: Reader, id: McpServerId): Promise<ServerRow | undefined> {
  const [row] = await select(reader, sql`s.id = ${id}`)
  return row
}

async function select(reader: Reader, which: Sql): Promise<ServerRow[]> {
  const rows = await reader.rows<Kept>(sql`
    select ${columns} from mcp_servers s
     where s.org_id = ${reader.orgId} and s.deleted_at is null and ${which} order by s.name`)
  return rows.map(present)
}

/** Whoever changes a server comes after those who do already. */
export async function lockServer(tx: Tx, id: McpServerId): Promise<ServerRow | undefined> {
  await tx.rows(sql`select 1 from mcp_servers where org_id = ${tx.orgId} and id = ${id} for update`)
  return await findServer(tx, id)
}

function present({ workspaceIds, reach, ...row }: Kept): ServerRow {
  return { ...row, reach: reach === 'listed' ? { kind: 'listed', workspaceIds } : { kind: reach } }
}

/** So that two of the same name, or too many, are never added at once. */
export async function lockNames(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('mcp/' || ${tx.orgId}::text, 0))`)
}

export async function selectNames(reader: Reader): Promise<Set<string>> {
  const rows = await reader.rows<{ name: string }>(sql`
    select name from mcp_servers where org_id = ${reader.orgId} and deleted_at is null`)
  return new Set(rows.map(({ name }) => name))
}

type NewServer = Pick<ServerRow, 'id' | 'name' | 'transport' | 'reach' | 'timeoutSeconds'> & { byName: string }

export async function insertServer(
  tx: Tx,
  { id, name, transport, reach, timeoutSeconds, byName }: NewServer,
): Promise<void> {
  await tx.rows(sql`
    insert into mcp_servers (org_id, id, name, transport, reach, timeout_seconds, created_by_name)
    values (${tx.orgId}, ${id}, ${name}, ${json(transport)}::jsonb, ${reach.kind}, ${timeoutSeconds}, ${byName})`)
  await writeWorkspaces(tx, id, reach)
}

/** Everything about a server but its name and its workspaces. */
export async function updateServer(tx: Tx, server: ServerRow): Promise<void> {
  const { id, transport, reach, hints } = server
  await tx.rows(sql`
    update mcp_servers set version = ${server.version}, transport = ${json(transport)}::jsonb, reach = ${reach.kind},
           timeout_seconds = ${server.timeoutSeconds}, is_on = ${server.isOn},
           command_approved = ${orNull(server.commandApproved)}::jsonb, approved = ${orNull(server.approved)}::jsonb,
           seen = ${orNull(server.seen)}::jsonb, trouble = ${orNull(server.trouble)}::jsonb, hints = ${json(hints)}::jsonb
     where org_id = ${tx.orgId} and id = ${id}`)
}

function orNull(value: unknown): string | null {
  return value === null ? null : json(value)
}

export async function writeWorkspaces(tx: Tx, id: McpServerId, reach: McpReach): Promise<void> {
  const wanted = reach.kind === 'listed' ? reach.workspaceIds : []
  await tx.rows(sql`delete from mcp_server_workspaces where org_id = ${tx.orgId} and server_id = ${id}`)
  await tx.rows(sql`
    insert into mcp_server_workspaces (org_id, server_id, workspace_id)
    select w.org_id, ${id}, w.id from workspaces w
     where w.org_id = ${tx.orgId} and w.deleted_at is null and w.id = any (${wanted}::uuid[])`)
}

/** Of these, the workspaces there are. */
export async function countWorkspaces(reader: Reader, ids: readonly WorkspaceId[]): Promise<number> {
  const row = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from workspaces
     where org_id = ${reader.orgId} and deleted_at is null and id = any (${ids}::uuid[])`)
  return row?.count ?? 0
}

export async function markRemoved(tx: Tx, id: McpServerId, isRemoved: boolean): Promise<void> {
  await tx.rows(sql`
    update mcp_servers set deleted_at = case when ${isRemoved} then now() end where org_id = ${tx.orgId} and id = ${id}`)
}

type RemovedRow = { id: McpServerId; name: string; until: Date }

/** What can still be taken back, newest first. */
export async function selectRemoved(reader: Reader): Promise<McpServers['removed']> {
  const rows = await reader.rows<RemovedRow>(sql`
    select id, name, deleted_at + make_interval(hours => ${restorableHours}) as until from mcp_servers
     where org_id = ${reader.orgId} and deleted_at > now() - make_interval(hours => ${restorableHours})
     order by deleted_at desc, id`)
  return rows.map(({ id, name, until }) => ({ id, name, restorableUntil: until.toISOString() }))
}

/** When it was removed is of no interest after a day. */
export async function eraseRemoved(tx: Tx): Promise<void> {
  await tx.rows(sql`
    delete from mcp_servers
     where org_id = ${tx.orgId} and deleted_at < now() - make_interval(hours => ${restorableHours})`)
}
