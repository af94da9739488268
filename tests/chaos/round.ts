import { chanceOf } from './chance.ts'
import { foundCompany } from './company.ts'
import type { Ground } from './ground.ts'
import { findBroken } from './keeps-promises.ts'
import { perform } from './perform.ts'
import { planRound } from './plan.ts'
import { noPromises } from './promises.ts'
import { untilQuiet } from './quiet.ts'
import type { Victim } from './victim.ts'

export type Told = { seed: number; ms: number; kills: number; delegations: number; broken: string[] }

export type Fleet = { victims: readonly Victim[]; evidence: string; marks: boolean }

/** One seeded round: work, deaths, rebirths, silence, and then everything must add up. */
export async function playRound(ground: Ground, { victims, evidence, marks }: Fleet, seed: number): Promise<Told> {
  const began = performance.now()
  const chance = chanceOf(seed)
  const plan = planRound(seed, chance, victims.length)
  const company = await foundCompany(ground, chance, marks)
  const { orgId } = company.context
  const promises = noPromises([orgId])
  await perform(plan, { ground, victims, company, promises })
  for (const victim of victims) await victim.revive()
  const stuck = await untilQuiet(ground, company, chance)
  const broken = [...stuck, ...(await findBroken(ground, promises, evidence))]
  const [counted] = await ground.ask<{ count: number }>(
    'select count(*)::int as count from delegations where org_id = $1',
    [orgId],
  )
  return {
    seed,
    ms: Math.round(performance.now() - began),
    kills: plan.filter(({ what }) => what === 'kill' || what === 'kill-postgres').length,
    delegations: counted?.count ?? 0,
    broken,
  }
}
