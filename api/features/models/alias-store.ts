import type { Aliases } from '#shared/models/resolve-model.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** The organisation's own names. */
export async function selectAliases(reader: Reader): Promise<Aliases> {
  const rows = await reader.rows<{ name: string; model: string }>(sql`
    select name, model from model_aliases where org_id = ${reader.orgId} order by name`)
  return Object.fromEntries(rows.map(({ name, model }) => [name, model]))
}

export async function upsertAlias(tx: Tx, { name, model, byName }: { name: string; model: string; byName: string }) {
  await tx.rows(sql`
    insert into model_aliases (org_id, name, model, set_by_name) values (${tx.orgId}, ${name}, ${model}, ${byName})
    on conflict (org_id, name) do update
      set model = excluded.model, set_by_name = excluded.set_by_name, set_at = now()`)
}

export async function deleteAlias(tx: Tx, name: string): Promise<boolean> {
  const gone = await tx.rows(sql`
    delete from model_aliases where org_id = ${tx.orgId} and name = ${name} returning name`)
  return gone.length > 0
}
