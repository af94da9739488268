import type { AllowedHost } from '#shared/sandbox/allowed-host.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type HostRow = AllowedHost & { allowedBy: string; allowedAt: Date }

/** By name. */
export async function selectHosts(reader: Reader): Promise<HostRow[]> {
  return await reader.rows<HostRow>(sql`
    select host, port, allowed_by_name as "allowedBy", allowed_at as "allowedAt" from sandbox_hosts
     where org_id = ${reader.orgId} order by host, port`)
}

/** False where it was there already. */
export async function insertHost(tx: Tx, { host, port }: AllowedHost, byName: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    insert into sandbox_hosts (org_id, host, port, allowed_by_name) values (${tx.orgId}, ${host}, ${port}, ${byName})
    on conflict do nothing returning host`)
  return rows.length > 0
}

/** False where there was none. */
export async function deleteHost(tx: Tx, { host, port }: AllowedHost): Promise<boolean> {
  const rows = await tx.rows(sql`
    delete from sandbox_hosts where org_id = ${tx.orgId} and host = ${host} and port = ${port} returning host`)
  return rows.length > 0
}
