import { parseArgs } from 'node:util'
import { playMonkey } from './play.ts'
import { reportOf } from './report.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1_000_000)) },
    minutes: { type: 'string', default: '10' },
    verbose: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const minutes = Number(values.minutes)
if (!Number.isSafeInteger(seed) || !(minutes > 0 && minutes <= 240)) {
  throw new Error('Use --seed with a whole number and --minutes with up to 240.')
}

const played = await playMonkey({
  seed,
  minutes,
  onAct: (words) => values.verbose && process.stderr.write(`${words}\n`),
})
process.stdout.write(`${reportOf(played)}\n`)
process.exitCode = played.findings.length === 0 ? 0 : 1
