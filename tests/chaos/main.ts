import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Ground, openGround } from './ground.ts'
import { type Fleet, playRound, type Told } from './round.ts'
import { nodeVictim, serverVictim, type Victim, workerVictim } from './victim.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1_000_000)) },
  },
})
const rounds = wholeNumber('rounds', values.rounds)
const firstSeed = wholeNumber('seed', values.seed)
/** Every fourth seed kills the whole product, the others workers whose tools leave evidence outside. */
const withServer = (seed: number) => seed % 4 === 0

const seeds = Array.from({ length: rounds }, (_, round) => firstSeed + round)
const ground = await openGround()
const told: Told[] = []
try {
  // One after the other, so that each fleet starts once.
  await playAll(
    workersOf(ground),
    seeds.filter((seed) => !withServer(seed)),
  )
  await playAll(productOf(ground), seeds.filter(withServer))
} finally {
  await ground.close()
}

const failed = told.filter(({ broken }) => broken.length > 0)
const sum = (of: (one: Told) => number) => told.reduce((total, one) => total + of(one), 0)
console.log(
  `${told.length} rounds, ${sum(({ kills }) => kills)} kills, ${sum(({ delegations }) => delegations)} delegations: ` +
    (failed.length === 0 ? 'nothing lost, nothing doubled' : `${failed.length} rounds broke a promise`),
)
process.exitCode = failed.length === 0 && told.length === rounds ? 0 : 1

async function playAll(fleet: Fleet, mine: readonly number[]): Promise<void> {
  if (mine.length === 0) return
  try {
    await Promise.all(fleet.victims.map((victim) => victim.revive()))
    for (const seed of mine) tell(await playRound(ground, fleet, seed), fleet.victims)
  } finally {
    await Promise.all(fleet.victims.map((victim) => victim.stop()))
  }
}

function workersOf({ appUrl, dataDir }: Ground): Fleet {
  const evidence = evidenceIn(dataDir)
  return { victims: [1, 2, 3].map((number) => workerVictim(number, appUrl, evidence)), evidence, marks: true }
}

function productOf({ dataDir }: Ground): Fleet {
  return { victims: [serverVictim(dataDir), nodeVictim(dataDir)], evidence: evidenceIn(dataDir), marks: false }
}

function evidenceIn(dataDir: string): string {
  return join(dataDir, 'evidence.jsonl')
}

function tell(round: Told, victims: readonly Victim[]): void {
  told.push(round)
  const { seed, ms, kills, delegations, broken } = round
  console.log(
    `seed ${seed}: ${kills} kills, ${delegations} delegations, ${ms} ms${broken.length > 0 ? ', BROKEN' : ''}`,
  )
  if (broken.length === 0) return
  for (const sentence of broken) console.log(`  ${sentence}`)
  for (const { name, lastWords } of victims) {
    const words = lastWords()
      .filter((word) => /error/i.test(word))
      .slice(-8)
    if (words.length > 0) console.log(`  ${name} said last:\n${words.map((word) => `    ${word}`).join('\n')}`)
  }
  console.log(`  Again: npm run chaos -- --seed ${seed} --rounds 1`)
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0) return number
  console.error(`--${name} takes a whole number, not ${text}.`)
  process.exit(2)
}
