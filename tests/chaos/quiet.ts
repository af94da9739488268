import { setTimeout as pause } from 'node:timers/promises'
import { continueDelegation } from '#api/features/delegations/continue-delegation.ts'
import { lease } from '#api/features/delegations/queue-store.ts'
import { settleInterrupted } from '#api/features/delegations/settle-interrupted.ts'
import { sweep } from '#api/features/delegations/sweep.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Chance } from './chance.ts'
import type { Company } from './company.ts'
import type { Ground } from './ground.ts'

const patienceMs = 30_000
const lookEveryMs = 100
/** Holders prolong their leases every second; one that did not for so long is dead, and time is let pass for its leases only. */
const silentFor = '2000 milliseconds'
/** `find_asleep` takes the places a workspace has by default. */
const defaultPlaces = 1

/**
 * Lets the work come to an end by itself, and answers what only a person can. Gives what nothing would ever have moved again:
 * there must be none.
 */
export async function untilQuiet(ground: Ground, { context }: Company, chance: Chance): Promise<string[]> {
  const { orgId } = context
  const giveUpAt = Date.now() + patienceMs
  const neverMoved = new Map<string, string>()
  let asleepBefore: ReadonlyMap<string, string> = new Map()
  for (;;) {
    await letLeasesOfTheDeadEnd(ground)
    await sweep(ground.db)
    const asleep = await findAsleep(ground, orgId)
    // Seen twice in the same state: somebody else's look by the clock may wake it, but it should not need one.
    for (const [id, how] of asleep) if (asleepBefore.get(id) === how) neverMoved.set(id, how)
    asleepBefore = asleep
    const open = await ground.ask<Open>(openWork, [orgId])
    const stuck = [...neverMoved].map(([id, how]) => `nothing would ever have moved ${id} again: ${how}`)
    if (open.every(({ state, asks }) => state === 'waiting' && asks === 'nobody')) return stuck
    for (const work of open) await answer(work, context, chance)
    if (Date.now() > giveUpAt) {
      return [...stuck, ...open.map((work) => `${work.id} of ${work.name} is still ${work.state}: ${work.reason}`)]
    }
    await pause(lookEveryMs)
  }
}

type Open = {
  id: DelegationId
  name: string
  state: string
  reason: string | null
  asks: 'interrupted' | 'steps' | 'nobody' | 'wait'
}

/** What has not ended. Whoever waits for a part that waits for somebody waits for that somebody. */
const openWork = `
  select d.id, w.name, d.state, d.reason,
         case when d.state <> 'waiting' then 'wait'
              when d.waiting_for = 'child' then case when exists (
                select from delegations c where c.org_id = d.org_id and c.parent_id = d.id
                   and c.state not in ('completed', 'failed', 'cancelled')) then 'nobody' else 'wait' end
              when d.waiting_for = 'retry' then 'wait'
              when h.code = 'interrupted' then 'interrupted'
              when h.code is null and d.waiting_for = 'budget' then 'steps'
              else 'nobody' end as asks
    from delegations d join workspaces w on w.org_id = d.org_id and w.id = d.workspace_id
    left join lateral (
      select s.output ->> 'code' as code from steps s
       where s.org_id = d.org_id and s.delegation_id = d.id and s.kind = 'note' and s.name = 'hold'
         and not exists (select from steps r where r.org_id = s.org_id and r.delegation_id = s.delegation_id
                           and r.kind = 'note' and r.name = 'released' and r.step > s.step)
       order by s.step desc limit 1) h on true
   where d.org_id = $1 and d.state not in ('completed', 'failed', 'cancelled')`

/** As a person would, who may also be too late. */
async function answer({ id, asks }: Open, context: Company['context'], chance: Chance): Promise<void> {
  try {
    if (asks === 'interrupted') await settleInterrupted(context, id, chance.pick(['again', 'again', 'skip', 'end']))
    if (asks === 'steps') await continueDelegation(context, id)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

async function letLeasesOfTheDeadEnd({ ask }: Ground): Promise<void> {
  const since = `lease_until < now() + '${lease}'::interval - '${silentFor}'::interval and lease_until > now()`
  await ask(`
    update ready set lease_until = now() where (org_id, delegation_id) in (
      select org_id, delegation_id from ready where ${since} for update skip locked)`)
  await ask(`
    update steps set lease_until = now() where (org_id, delegation_id, step) in (
      select org_id, delegation_id, step from steps where state = 'running' and ${since} for update skip locked)`)
}

async function findAsleep({ ask }: Ground, orgId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await ask<{ id: string; how: string }>(
    `select d.id, concat_ws(' ', w.name, d.state, d.waiting_for, 'wakes', r.wakes, 'seen', r.seen, 'epoch', r.epoch, 'steps', (
              select string_agg(s.name || ' ' || s.state, ', ' order by s.step) from steps s
               where s.org_id = d.org_id and s.delegation_id = d.id)) as how
       from find_asleep($1) asleep
       join delegations d on d.org_id = asleep.org_id and d.id = asleep.delegation_id
       join workspaces w on w.org_id = d.org_id and w.id = d.workspace_id
       join ready r on r.org_id = d.org_id and r.delegation_id = d.id
      where d.org_id = $2
        -- Beside a lost one the queue waits for it: it takes its place again, and wakes the next when it leaves.
        and not (d.state = 'queued' and exists (
          select from delegations l where l.org_id = d.org_id and l.workspace_id = d.workspace_id and l.state = 'lost'))`,
    [defaultPlaces, orgId],
  )
  return new Map(rows.map(({ id, how }) => [id, how]))
}
