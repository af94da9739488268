import { defineCommand } from 'citty'
import { logText } from '#shared/delegations/log-text.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { serverArg } from './server-arg.ts'
import { tellProblem } from './tell-problem.ts'

export const logCommand = defineCommand({
  meta: { name: 'log', description: 'Print all that was recorded of a delegation and of what it handed on.' },
  args: {
    delegation: { type: 'positional', required: true, description: 'The delegation (id)' },
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    server: serverArg,
    json: { type: 'boolean', default: false, description: 'As JSON, with whole inputs and outputs' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const { getLog } = await import('../features/delegations/index.ts')
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      const id = DelegationId.safeParse(args.delegation)
      if (!id.success) {
        throw new AppError('bad-input', `${args.delegation} is no id of a delegation.`, {
          fix: 'Copy the id from its log or trace.',
        })
      }
      const log = await (args.server === undefined
        ? onThisMachine(installation, async (db, owner) => getLog(await requireOrg(db, owner, args.org), id.data))
        : logThere(args.server, id.data))
      process.stdout.write(args.json ? `${JSON.stringify(log, null, 2)}\n` : logText(log))
    } catch (error) {
      tellProblem(error)
    }
  },
})

async function logThere(server: string, delegationId: DelegationId) {
  const { onServer } = await import('./on-a-server.ts')
  return await onServer(server, ({ client, orgId }) => client.delegations.log.query({ orgId, delegationId }))
}
