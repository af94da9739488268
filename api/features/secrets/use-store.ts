import type { McpServerId, SecretId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SecretUsage } from '#shared/secrets/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

/** A workspace; or an MCP server, where it is reached for the whole organisation. */
export type SecretUser =
  | { kind: 'workspace'; workspaceId: WorkspaceId }
  | { kind: 'mcp-server'; serverId: McpServerId; name: string }

export type Use = { secretId: SecretId; user: SecretUser; count: number; lastAt: Date }

/** Added up by the hour. What was destroyed meanwhile is left out. */
export async function addUses(tx: Tx, uses: readonly Use[]): Promise<void> {
  const rows = uses.map(({ user, lastAt, ...use }) => ({ ...use, ...user, lastAt: lastAt.toISOString() }))
  const ofWorkspaces = rows.filter(({ kind }) => kind === 'workspace')
  if (ofWorkspaces.length > 0) await addOfWorkspaces(tx, json(ofWorkspaces))
  const ofServers = rows.filter(({ kind }) => kind === 'mcp-server')
  if (ofServers.length > 0) await addOfServers(tx, json(ofServers))
}

async function addOfWorkspaces(tx: Tx, rows: string): Promise<void> {
  await tx.rows(sql`
    insert into secret_uses (org_id, secret_id, workspace_id, hour, count, last_at)
    select s.org_id, s.id, w.id, date_trunc('hour', used."lastAt"), used.count, used."lastAt"
      from jsonb_to_recordset(${rows}::jsonb)
           as used ("secretId" uuid, "workspaceId" uuid, count int, "lastAt" timestamptz)
      join secrets s on s.org_id = ${tx.orgId} and s.id = used."secretId"
      join workspaces w on w.org_id = ${tx.orgId} and w.id = used."workspaceId"
     order by s.id, w.id
    on conflict (org_id, secret_id, workspace_id, hour) do update
      set count = secret_uses.count + excluded.count, last_at = greatest(secret_uses.last_at, excluded.last_at)`)
}

async function addOfServers(tx: Tx, rows: string): Promise<void> {
  await tx.rows(sql`
    insert into secret_server_uses (org_id, secret_id, server_id, server_name, hour, count, last_at)
    select s.org_id, s.id, used."serverId", used.name, date_trunc('hour', used."lastAt"), used.count, used."lastAt"
      from jsonb_to_recordset(${rows}::jsonb)
           as used ("secretId" uuid, "serverId" uuid, name text, count int, "lastAt" timestamptz)
      join secrets s on s.org_id = ${tx.orgId} and s.id = used."secretId"
     order by s.id, used."serverId"
    on conflict (org_id, secret_id, server_id, hour) do update
      set count = secret_server_uses.count + excluded.count,
          last_at = greatest(secret_server_uses.last_at, excluded.last_at)`)
}

type UseRow = Omit<SecretUsage['uses'][number], 'hour' | 'lastAt'> & { hour: Date; lastAt: Date }

/** The newest thousand hours. */
export async function selectUses(reader: Reader, id: SecretId): Promise<UseRow[]> {
  return await reader.rows<UseRow>(sql`
    select jsonb_build_object('kind', kind, 'id', id, 'name', name) as "by", hour, count, last_at as "lastAt"
      from (
        select 'workspace' as kind, w.id, coalesce(f.config ->> 'name', w.name) as name, u.hour, u.count, u.last_at
          from secret_uses u join workspaces w on w.org_id = u.org_id and w.id = u.workspace_id
          left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml'
                           and f.deleted_at is null
         where u.org_id = ${reader.orgId} and u.secret_id = ${id}
        union all
        select 'mcp-server', u.server_id, u.server_name, u.hour, u.count, u.last_at
          from secret_server_uses u where u.org_id = ${reader.orgId} and u.secret_id = ${id}
      ) used
     order by last_at desc, id limit 1000`)
}
