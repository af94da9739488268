import { existsSync, readFileSync } from 'node:fs'
import { Sighting } from './evidence-tools.ts'
import type { Ground } from './ground.ts'
import { invariants } from './invariants.ts'
import type { Promises } from './promises.ts'

/** Every way in which the tables, the log and the outside world disagree with each other or with what was promised. */
export async function findBroken(ground: Ground, promises: Promises, evidence: string): Promise<string[]> {
  const broken: string[] = []
  for (const invariant of invariants) {
    const found = await ground.ask<{ what: string }>(invariant.broken, [promises.orgIds])
    broken.push(...found.map(({ what }) => `Not true that ${invariant.holds}: ${what}`))
  }
  broken.push(...(await brokenPromises(ground, promises)))
  broken.push(...(await contradictedEvidence(ground, promises, evidence)))
  return broken
}

type Row = { id: string; key: string | null; state: string }

async function brokenPromises({ ask }: Ground, { orgIds, given, cancelled, messages }: Promises): Promise<string[]> {
  const rows = await ask<Row>('select id, idempotency_key as key, state from delegations where org_id = any ($1)', [
    orgIds,
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const broken: string[] = []
  for (const [key, id] of given) {
    if (byId.get(id)?.key !== key) broken.push(`Work that was taken is not there: ${key} as ${id}`)
    const alike = rows.filter((row) => row.key === key)
    if (alike.length !== 1) broken.push(`Work was given once and is there ${alike.length} times: ${key}`)
  }
  for (const id of cancelled) {
    const state = byId.get(id)?.state
    if (state !== 'cancelled') broken.push(`The cancel of ${id} was accepted, and it is ${state}`)
  }
  for (const { delegationId, text } of messages) {
    const found = await ask(
      "select from steps where delegation_id = $1 and kind = 'note' and name = 'message' and output ->> 'text' = $2",
      [delegationId, text],
    )
    if (found.length !== 1)
      broken.push(`"${text}" was taken once by ${delegationId} and is recorded ${found.length} times`)
  }
  return broken
}

type Marked = { delegationId: string; step: number; name: string; state: string; attempt: number; again: number }

/** The file knows what happened outside; the journal must not say otherwise. */
async function contradictedEvidence({ ask }: Ground, { orgIds }: Promises, file: string): Promise<string[]> {
  const steps = await ask<Marked>(
    `select s.delegation_id as "delegationId", s.step, s.name, s.state, s.attempt,
            (select count(*)::int from steps r where r.org_id = s.org_id and r.delegation_id = s.delegation_id
                and r.name = 'released' and r.output ->> 'how' = 'again') as again
       from steps s where s.org_id = any ($1) and s.name in ('mark_once', 'mark_again')`,
    [orgIds],
  )
  const seen = sightingsOf(file)
  const broken: string[] = []
  for (const { delegationId, step, name, state, attempt, again } of steps) {
    const { begins, ends } = seen.get(`${delegationId}/${step}`) ?? { begins: 0, ends: 0 }
    const which = `${name} of ${delegationId} step ${step} (${state}, attempt ${attempt})`
    if (begins > attempt) broken.push(`${which} began ${begins} times`)
    if (state === 'done' && ends === 0) broken.push(`${which} is done and never happened`)
    if (name === 'mark_once' && begins > 1 + again) {
      broken.push(`${which} began ${begins} times, and a person asked for it ${again} times more`)
    }
    seen.delete(`${delegationId}/${step}`)
  }
  const known = new Set(
    (await ask<{ id: string }>('select id from delegations where org_id = any ($1)', [orgIds])).map(({ id }) => id),
  )
  for (const key of seen.keys()) {
    if (known.has(key.split('/')[0] ?? '')) broken.push(`Something happened outside that no step knows: ${key}`)
  }
  return broken
}

function sightingsOf(file: string): Map<string, { begins: number; ends: number }> {
  const seen = new Map<string, { begins: number; ends: number }>()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  for (const line of lines) {
    const { delegationId, step, saw } = Sighting.parse(JSON.parse(line))
    const key = `${delegationId}/${step}`
    const count = seen.get(key) ?? { begins: 0, ends: 0 }
    seen.set(key, saw === 'begin' ? { ...count, begins: count.begins + 1 } : { ...count, ends: count.ends + 1 })
  }
  return seen
}
