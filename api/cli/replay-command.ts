import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'

export const replayCommand = defineCommand({
  meta: {
    name: 'replay',
    description: 'Decide recorded work anew, without a model call or an effect, and say whether it is the same.',
  },
  args: {
    delegation: { type: 'positional', required: false, description: 'One delegation (id); without it all of the org' },
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    events: { type: 'boolean', default: false, description: 'Print the canonical events of the one, one a line' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const { replayAll, replayDelegation } = await import('../features/delegations/index.ts')
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      const one = args.delegation === undefined ? undefined : readId(args.delegation)
      await onThisMachine(installation, async (db, owner) => {
        const context = await requireOrg(db, owner, args.org)
        if (one === undefined) return tellAll(await replayAll(context))
        const { equal, steps, events, mismatch } = await replayDelegation(context, one)
        if (args.events) process.stdout.write(events)
        else if (equal) console.log(`The same, byte for byte: ${steps} steps decided anew, no model called.`)
        if (mismatch) tellMismatch(mismatch)
      })
    } catch (error) {
      tellProblem(error)
    }
  },
})

function readId(text: string): DelegationId {
  const id = DelegationId.safeParse(text)
  if (id.success) return id.data
  throw new AppError('bad-input', `${text} is no id of a delegation.`, { fix: 'Copy the id from its trace.' })
}

type Mismatch = { step: number; recorded: unknown; decided: unknown }

function tellMismatch({ step, recorded, decided }: Mismatch): void {
  console.log(`Not the same at step ${step}.`)
  console.log(`Recorded: ${JSON.stringify(recorded)}`)
  console.log(`Decided now: ${JSON.stringify(decided)}`)
  process.exitCode = 2
}

function tellAll({ replayed, differing }: { replayed: number; differing: { id: string; mismatch: Mismatch }[] }): void {
  if (replayed === 0) console.log('Nothing was recorded yet.')
  else if (differing.length === 0) console.log(`The same, byte for byte: all ${replayed} delegations.`)
  for (const { id, mismatch } of differing) {
    console.log(id)
    tellMismatch(mismatch)
  }
}
