import type { DelegationId } from '#shared/kernel/ids.ts'
import type { ListRuns } from '#shared/runs/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

/** A call of run_code that began and has ended, as the journal of the work has it; one that got no yes ran nothing. */
export type AgentRunRow = {
  delegationId: DelegationId
  step: number
  /** What the model gave the tool, as it wrote it: JSON, if it wrote JSON. */
  args: string
  /** What the tool gave back; null where it failed. */
  text: string | null
  error: string | null
  by: string
  at: Date
  durationMs: number
}

/** Newest first. */
export async function selectAgentRuns(
  reader: Reader,
  { before, limit }: Pick<ListRuns, 'before' | 'limit'>,
): Promise<AgentRunRow[]> {
  const older = before === undefined ? sql`` : sql`and s.finished_at < ${before}`
  return await reader.rows<AgentRunRow>(sql`
    ${view(reader)} ${older} order by s.finished_at desc, s.delegation_id, s.step limit ${limit}`)
}

export async function selectAgentRun(reader: Reader, id: DelegationId, step: number): Promise<AgentRunRow | undefined> {
  return await reader.row<AgentRunRow>(sql`${view(reader)} and s.delegation_id = ${id} and s.step = ${step}`)
}

function view(reader: Reader): Sql {
  return sql`
    select s.delegation_id as "delegationId", s.step, coalesce(s.input ->> 'args', '') as args,
           s.output ->> 'text' as text, s.error, w.name as by, s.finished_at as at,
           coalesce(extract(epoch from s.finished_at - s.started_at) * 1000, 0)::float8 as "durationMs"
      from steps s
      join delegations d on d.org_id = s.org_id and d.id = s.delegation_id
      join workspaces w on w.org_id = d.org_id and w.id = d.workspace_id
     where s.org_id = ${reader.orgId} and s.name = 'run_code' and s.kind = 'tool' and s.started_at is not null
       and s.finished_at is not null`
}
