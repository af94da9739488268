import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

export type SpendLine = { cost: number; tokens: number; calls: number }

/** Calls under way count nothing yet; lost ones count their worst case. */
const line = sql`
  sum(cost)::float8 as cost, sum(input_tokens + output_tokens)::float8 as tokens,
  (count(*) filter (where state in ('settled', 'doubtful')))::int as calls`
const startOfDay = sql`date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`
const startOfMonth = sql`date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'`
const today = sql`coalesce(sum(cost) filter (where at >= ${startOfDay}), 0)::float8 as today`

export async function selectToday(reader: Reader): Promise<SpendLine> {
  return await selectSince(reader, startOfDay)
}

export async function selectMonth(reader: Reader): Promise<SpendLine> {
  return await selectSince(reader, startOfMonth)
}

async function selectSince(reader: Reader, since: Sql): Promise<SpendLine> {
  const found = await reader.row<SpendLine>(sql`
    select coalesce(cost, 0) as cost, coalesce(tokens, 0) as tokens, calls
      from (select ${line} from charges where org_id = ${reader.orgId} and at >= ${since}) spent`)
  return found ?? { cost: 0, tokens: 0, calls: 0 }
}

/** This month, the dearest first. */
export async function selectByWorkspace(
  reader: Reader,
): Promise<(SpendLine & { workspaceId: WorkspaceId; today: number })[]> {
  return await reader.rows(sql`
    select workspace_id as "workspaceId", ${line}, ${today} from charges
     where org_id = ${reader.orgId} and at >= ${startOfMonth} group by workspace_id
     order by cost desc, tokens desc, workspace_id limit 200`)
}

/** This month, the dearest first. A rehearsed part counts under its own model's name only where it was really called. */
export async function selectByModel(reader: Reader): Promise<(SpendLine & { model: string | null; today: number })[]> {
  return await reader.rows(sql`
    select case when model is not null and is_rehearsal then 'rehearsal' else model end as model, ${line}, ${today}
      from charges where org_id = ${reader.orgId} and at >= ${startOfMonth} group by 1
     order by cost desc, tokens desc, 1 limit 200`)
}
