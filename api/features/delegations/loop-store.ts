import type { EarlierTask, LineEntry, LoopVerdict } from '#shared/delegations/loop-breaker.ts'
import { loopLimits } from '#shared/delegations/loop-breaker.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'
import { joinWorkspace, workspaceName } from './workspace-name-store.ts'

/** Those who hand on work within one chain come one after the other, so that none slips past a count. */
export async function lockChain(tx: Tx, chainId: string): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${chainId}, 20261))`)
}

type Asked = {
  chainId: string
  askerId: DelegationId | null
  fromWorkspaceId: WorkspaceId | null
  toWorkspaceId: WorkspaceId
  task: string
}

type Seen = {
  line: LineEntry[]
  onEdge: EarlierTask[]
  often: number
  lately: number
  latelyTo: number
  inAll: number
  inAllTo: number
  byAsker: number
  hasRestarted: boolean
  allowed: { rule: string; scope: string }[]
}

/** A long task is compared as a whole, by its fingerprint. */
const task = sql`case when length(d.task) <= 4000 then d.task else md5(d.task) end`

/**
 * What the breaker must know of a chain, in one statement. Counts begin where a person last let the chain go on; each is cut
 * off where its rule trips anyway.
 */
export async function readLoopFacts(tx: Tx, asked: Asked): Promise<Seen> {
  const { chainId, askerId, fromWorkspaceId, toWorkspaceId } = asked
  const { storm, stormWindowMs, stormInAll, fanOut, often, oftenWindowMs } = loopLimits
  const chainScope = `chain:${chainId}`
  const scopes = [chainScope, edgeScope(fromWorkspaceId, toWorkspaceId)]
  const begunByAPerson = (rootId: Sql) => sql`(
    select root.requester ->> 'kind' = 'person' from delegations root where root.org_id = ${tx.orgId} and root.id = ${rootId})`
  const inChain = sql`d.org_id = ${tx.orgId} and d.chain_id = ${chainId} and d.created_at > (select at from since)`
  const found = await tx.row<Seen>(sql`
    with recursive since as (
      select coalesce(max(allowed_at), '-infinity') as at from loop_allowances
       where org_id = ${tx.orgId} and scope = ${chainScope} and how = 'once'
    ), above as (
      select d.id, d.parent_id, 1 as height from delegations d where d.org_id = ${tx.orgId} and d.id = ${askerId}
      union all
      select d.id, d.parent_id, above.height + 1 from delegations d
        join above on d.org_id = ${tx.orgId} and d.id = above.parent_id where above.height < 32
    ), line as (
      select d.workspace_id as "workspaceId", d.from_workspace_id as "fromWorkspaceId", ${task} as task, d.state, above.height
        from above join delegations d on d.org_id = ${tx.orgId} and d.id = above.id
       where d.created_at > (select at from since)
    ), on_edge as (
      select ${task} as task, d.state, case when d.answer is null then null else md5(d.answer) end as answer
        from delegations d
       where ${inChain} and d.workspace_id = ${toWorkspaceId} and d.from_workspace_id is not distinct from ${fromWorkspaceId}
       order by d.created_at desc limit 60
    )
    select coalesce((select jsonb_agg(to_jsonb(line) - 'height' order by line.height) from line), '[]') as line,
           coalesce((select jsonb_agg(to_jsonb(on_edge)) from on_edge), '[]') as "onEdge",
           (select count(*) from (
             select from delegations d
              where d.org_id = ${tx.orgId} and d.from_workspace_id = ${fromWorkspaceId} and d.workspace_id = ${toWorkspaceId}
                and d.created_at > greatest((select at from since), now() - ${`${oftenWindowMs} milliseconds`}::interval)
                and md5(d.task) = md5(${asked.task}) and ${begunByAPerson(sql`d.root_id`)} is false
                and ${begunByAPerson(sql`(select root_id from delegations where org_id = ${tx.orgId} and id = ${askerId})`)} is false
              limit ${often}) d)::int as often,
           lately.given as lately, lately.takers as "latelyTo", in_all.given as "inAll", in_all.takers as "inAllTo",
           (select count(*) from (
             select from delegations d where d.org_id = ${tx.orgId} and d.parent_id = ${askerId}
                and d.created_at > (select at from since) limit ${fanOut}) d)::int as "byAsker",
           (select at > '-infinity' from since) as "hasRestarted",
           coalesce((select jsonb_agg(jsonb_build_object('rule', rule, 'scope', scope)) from loop_allowances
                      where org_id = ${tx.orgId} and scope = any (${scopes}) and how = 'always'), '[]') as allowed
      from (select count(*)::int as given, count(distinct workspace_id)::int as takers from (
              select d.workspace_id from delegations d where ${inChain}
                 and d.created_at > now() - ${`${stormWindowMs} milliseconds`}::interval
               order by d.created_at desc limit ${storm}) last) lately,
           (select count(*)::int as given, count(distinct workspace_id)::int as takers from (
              select d.workspace_id from delegations d where ${inChain}
               order by d.created_at desc limit ${stormInAll}) last) in_all`)
  if (!found) throw new Error('a select without a from clause gave no row')
  return found
}

function edgeScope(from: WorkspaceId | null, to: WorkspaceId): string {
  return `edge:${from ?? ''}>${to}`
}

export async function isAllowedForGood(
  reader: Reader,
  { rule, scope }: Pick<LoopVerdict, 'rule' | 'scope'>,
): Promise<boolean> {
  const found = await reader.row(sql`
    select from loop_allowances
     where org_id = ${reader.orgId} and scope = ${scope} and rule = ${rule} and how = 'always'`)
  return found !== undefined
}

type Allowance = { scope: string; rule: string; how: 'once' | 'always'; by: string }

export async function writeAllowance(tx: Tx, { scope, rule, how, by }: Allowance): Promise<void> {
  await tx.rows(sql`
    insert into loop_allowances (org_id, scope, rule, how, allowed_by) values (${tx.orgId}, ${scope}, ${rule}, ${how}, ${by})
    on conflict (org_id, scope, rule)
    do update set how = excluded.how, allowed_by = excluded.allowed_by, allowed_at = now()`)
}

export type LoopHold = {
  delegationId: DelegationId
  workspaceId: WorkspaceId
  workspaceName: string
  fromWorkspaceId: WorkspaceId | null
  chainId: string
  depth: number
  rule: string
  sentence: string
  scope: string | null
  since: Date
}

const openHold = sql`
  select d.id as "delegationId", d.workspace_id as "workspaceId", ${workspaceName},
         d.from_workspace_id as "fromWorkspaceId", d.chain_id as "chainId", d.depth, hold.output ->> 'rule' as rule,
         hold.output ->> 'reason' as sentence, hold.output ->> 'scope' as scope, hold.created_at as since
    from delegations d ${joinWorkspace}
    join lateral (
      select s.output, s.created_at, s.step from steps s
       where s.org_id = d.org_id and s.delegation_id = d.id and s.kind = 'note' and s.name = 'hold'
       order by s.step desc limit 1
    ) hold on hold.output ->> 'code' = 'loop' and not exists (
      select from steps r where r.org_id = d.org_id and r.delegation_id = d.id and r.step > hold.step
         and r.kind = 'note' and r.name = 'released')`

/** The breaker's hold on a delegation that has not ended, if there is one. */
export async function findLoopHold(reader: Reader, id: DelegationId): Promise<LoopHold | undefined> {
  return await reader.row<LoopHold>(sql`
    ${openHold} where d.org_id = ${reader.orgId} and d.id = ${id} and d.finished_at is null`)
}

/** What else of the same chain stands still by the same rule. */
export async function listHoldsOfChain(reader: Reader, chainId: string, rule: string): Promise<LoopHold[]> {
  return await reader.rows<LoopHold>(sql`
    ${openHold} where d.org_id = ${reader.orgId} and d.chain_id = ${chainId} and d.finished_at is null
       and hold.output ->> 'rule' = ${rule} order by d.id limit 500`)
}

/** Everything in the org the breaker holds, longest first. */
export async function listHolds(reader: Reader): Promise<LoopHold[]> {
  return await reader.rows<LoopHold>(sql`
    ${openHold} where d.org_id = ${reader.orgId} and d.state = 'waiting' and d.waiting_for = 'input'
     order by hold.created_at, d.id limit 100`)
}
