import type { SecretId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SecretUsage } from '#shared/secrets/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

export type Use = { secretId: SecretId; workspaceId: WorkspaceId; count: number; lastAt: Date }

/** Added up by the hour. What was destroyed meanwhile is left out. */
export async function addUses(tx: Tx, uses: readonly Use[]): Promise<void> {
  const rows = uses.map(({ lastAt, ...use }) => ({ ...use, lastAt: lastAt.toISOString() }))
  await tx.rows(sql`
    insert into secret_uses (org_id, secret_id, workspace_id, hour, count, last_at)
    select s.org_id, s.id, w.id, date_trunc('hour', used."lastAt"), used.count, used."lastAt"
      from jsonb_to_recordset(${json(rows)}::jsonb)
           as used ("secretId" uuid, "workspaceId" uuid, count int, "lastAt" timestamptz)
      join secrets s on s.org_id = ${tx.orgId} and s.id = used."secretId"
      join workspaces w on w.org_id = ${tx.orgId} and w.id = used."workspaceId"
     order by s.id, w.id
    on conflict (org_id, secret_id, workspace_id, hour) do update
      set count = secret_uses.count + excluded.count, last_at = greatest(secret_uses.last_at, excluded.last_at)`)
}

type UseRow = Omit<SecretUsage['uses'][number], 'hour' | 'lastAt'> & { hour: Date; lastAt: Date }

/** The newest thousand hours. */
export async function selectUses(reader: Reader, id: SecretId): Promise<UseRow[]> {
  return await reader.rows<UseRow>(sql`
    select u.workspace_id as "workspaceId", coalesce(f.config ->> 'name', w.name) as "workspaceName", u.hour, u.count,
           u.last_at as "lastAt"
      from secret_uses u join workspaces w on w.org_id = u.org_id and w.id = u.workspace_id
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where u.org_id = ${reader.orgId} and u.secret_id = ${id}
     order by u.last_at desc, w.id limit 1000`)
}
