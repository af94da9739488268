import type { Chance } from './chance.ts'
import { type AgentName, agentNames } from './company.ts'

type Priority = 'low' | 'normal' | 'critical'

/** What happens in a round, by the milliseconds since it began. */
export type Happening = { at: number } & (
  | { what: 'give'; agent: AgentName; key: string; task: string; priority: Priority }
  | { what: 'cancel' | 'retry'; nth: number }
  | { what: 'message'; nth: number; text: string }
  | { what: 'pause'; agent: AgentName; forMs: number }
  | { what: 'kill'; victim: number; deadMs: number }
  | { what: 'kill-postgres'; deadMs: number }
)

const roundMs = 1_200

/** Everything by chance alone, so that a seed tells the same story again as far as time allows. */
export function planRound(seed: number, chance: Chance, victims: number): Happening[] {
  const at = () => chance.between(0, roundMs)
  const gifts = chance.between(6, 12)
  const plan: Happening[] = []
  for (let turn = 0; turn < gifts; turn++) {
    const agent = chance.draw() < 0.35 ? 'Lead' : chance.pick(agentNames)
    const task = `job ${seed}-${turn}${chance.draw() < 0.25 ? ' unlucky' : ''}`
    const priority = chance.pick<Priority>(['low', 'normal', 'normal', 'critical'])
    plan.push({ at: at(), what: 'give', agent, key: `${seed}-${turn}`, task, priority })
  }
  const some = (most: number) => Array.from({ length: chance.between(0, most) })
  const nth = () => chance.between(0, 1_000)
  for (const _ of some(2)) plan.push({ at: at(), what: 'cancel', nth: nth() })
  for (const _ of some(2)) plan.push({ at: at(), what: 'retry', nth: nth() })
  for (const [turn] of some(3).entries()) {
    plan.push({ at: at(), what: 'message', nth: nth(), text: `word ${turn} of ${seed}` })
  }
  for (const _ of some(1))
    plan.push({ at: at(), what: 'pause', agent: chance.pick(agentNames), forMs: chance.between(50, 600) })
  const kills = chance.between(1, 3)
  for (let turn = 0; turn < kills; turn++) {
    plan.push({ at: at(), what: 'kill', victim: chance.between(0, victims - 1), deadMs: chance.between(0, 400) })
  }
  if (chance.draw() < 0.25) plan.push({ at: at(), what: 'kill-postgres', deadMs: chance.between(0, 200) })
  return plan.toSorted((one, other) => one.at - other.at)
}
