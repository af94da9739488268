import { z } from 'zod'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type CaseRow = {
  delegationId: DelegationId
  task: string
  answer: string
  finishedAt: Date
  modelCalls: number
  inputTokens: number
  outputTokens: number
  cost: number
}

/** The last completed work of a workspace, newest first. */
export async function lastCompleted(reader: Reader, workspaceId: WorkspaceId, last: number): Promise<CaseRow[]> {
  return await reader.rows<CaseRow>(sql`
    select d.id as "delegationId", d.task, d.answer, d.finished_at as "finishedAt", d.input_tokens::float8 as "inputTokens",
           d.output_tokens::float8 as "outputTokens", d.cost::float8 as cost,
           (select count(*)::int from steps s
             where s.org_id = d.org_id and s.delegation_id = d.id and s.kind = 'model') as "modelCalls"
      from delegations d
     where d.org_id = ${reader.orgId} and d.workspace_id = ${workspaceId} and d.state = 'completed' and d.answer is not null
     order by d.created_at desc limit ${last}`)
}

const Groups = z.array(z.array(z.string()))

/** The keys a workspace's template declares as needed; of each group one is enough. */
export async function declaredKeys(reader: Reader, id: WorkspaceId): Promise<string[][]> {
  const found = await reader.row<{ groups: unknown }>(sql`
    select declared -> 'requiredEnv' as groups from workspaces where org_id = ${reader.orgId} and id = ${id}`)
  return Groups.safeParse(found?.groups).data ?? []
}

export async function rootOf(reader: Reader, id: DelegationId): Promise<DelegationId> {
  const found = await reader.row<{ rootId: DelegationId }>(sql`
    select root_id as "rootId" from delegations where org_id = ${reader.orgId} and id = ${id}`)
  return found?.rootId ?? id
}
