import type { SetPrice } from '#shared/budgets/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export async function upsertPrice(tx: Tx, { model, input, output, cacheRead }: SetPrice): Promise<void> {
  await tx.rows(sql`
    insert into price_overrides (org_id, model, input, output, cache_read)
    values (${tx.orgId}, ${model}, ${input}, ${output}, ${cacheRead})
    on conflict (org_id, model) do update
      set input = excluded.input, output = excluded.output, cache_read = excluded.cache_read, set_at = now()`)
}

export async function deletePrice(tx: Tx, model: string): Promise<void> {
  await tx.rows(sql`delete from price_overrides where org_id = ${tx.orgId} and model = ${model}`)
}

export type OverrideRow = { model: string; input: number; output: number; cacheRead: number | null }

export async function selectOverrides(reader: Reader): Promise<OverrideRow[]> {
  return await reader.rows<OverrideRow>(sql`
    select model, input::float8 as input, output::float8 as output, cache_read::float8 as "cacheRead"
      from price_overrides where org_id = ${reader.orgId} order by model`)
}

/** Models that living workspaces name or that were charged this month or wait for a price. */
export async function selectModelsInUse(reader: Reader): Promise<string[]> {
  const rows = await reader.rows<{ model: string }>(sql`
    select f.config ->> 'model' as model from workspaces w
      join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.deleted_at is null and f.config ->> 'model' is not null
    union
    select model from budget_waits where org_id = ${reader.orgId} and model is not null
    order by 1`)
  return rows.map((row) => row.model)
}
