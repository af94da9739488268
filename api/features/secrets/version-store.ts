import type { SecretId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SecretUsage } from '#shared/secrets/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { asTyped, sql } from '../../kernel/sql.ts'
import type { Envelope } from '../../kernel/vault/envelope.ts'

export type NewVersion = Envelope & { secretId: SecretId; version: number; byName: string }

export async function insertVersion(tx: Tx, kept: NewVersion): Promise<void> {
  const { secretId, version, sealed, keyId, wrapped, byName } = kept
  await tx.rows(sql`
    insert into secret_versions (org_id, secret_id, version, sealed, key_id, wrapped, created_by_name)
    values (${tx.orgId}, ${secretId}, ${version}, ${sealed}, ${asTyped(keyId)}, ${wrapped}, ${byName})`)
}

/** `isOwn`: of a workspace, not of the organisation. */
export type KeptVersion = Envelope & { secretId: SecretId; name: string; version: number; isOwn: boolean }

const kept = sql`v.secret_id as "secretId", s.name, s.workspace_id is not null as "isOwn", v.version, v.sealed, v.key_id as "keyId", v.wrapped`

/** The newest versions of these names as one workspace gets them: its own before the organisation's. */
export async function selectFor(
  reader: Reader,
  workspaceId: WorkspaceId | null,
  names: readonly string[],
): Promise<KeptVersion[]> {
  return await reader.rows<KeptVersion>(sql`
    select distinct on (s.name) ${kept}
      from secrets s join secret_versions v on v.org_id = s.org_id and v.secret_id = s.id and v.version = s.version
     where s.org_id = ${reader.orgId} and s.deleted_at is null and s.name = any (${names})
       and (s.workspace_id is null or s.workspace_id = ${workspaceId})
     order by s.name, s.workspace_id is null`)
}

/** Everything that may still turn up somewhere: older versions and what was deleted lately too. */
export async function selectAllKept(reader: Reader): Promise<KeptVersion[]> {
  return await reader.rows<KeptVersion>(sql`
    select ${kept}
      from secret_versions v join secrets s on s.org_id = v.org_id and s.id = v.secret_id
     where v.org_id = ${reader.orgId} order by s.name, v.version desc`)
}

/** Names there are for one workspace; with null, those of the organisation itself. */
export async function selectNames(reader: Reader, workspaceId: WorkspaceId | null): Promise<Set<string>> {
  const rows = await reader.rows<{ name: string }>(sql`
    select name from secrets
     where org_id = ${reader.orgId} and deleted_at is null
       and (workspace_id is null or workspace_id = ${workspaceId})`)
  return new Set(rows.map(({ name }) => name))
}

type VersionRow = Omit<SecretUsage['versions'][number], 'createdAt'> & { createdAt: Date }

export async function selectVersions(reader: Reader, id: SecretId): Promise<VersionRow[]> {
  return await reader.rows<VersionRow>(sql`
    select version, created_at as "createdAt", created_by_name as "createdByName", replaced_at is null as "isCurrent"
      from secret_versions where org_id = ${reader.orgId} and secret_id = ${id} order by version desc`)
}
