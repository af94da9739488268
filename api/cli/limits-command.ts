import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { LimitName, type OrgLimit } from '#shared/limits/contract.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'

const names = LimitName.options.join(', ')

export const limitsCommand = defineCommand({
  meta: {
    name: 'limits',
    description: 'What an organisation may and uses; --set changes it, for whoever runs this server.',
  },
  args: {
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    set: { type: 'string', description: `NAME=NUMBER, or NAME=default. Names: ${names}` },
    json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      const wanted = args.set === undefined ? undefined : parse(args.set)
      const found = await onThisMachine(installation, async (db, owner) => {
        const context = await requireOrg(db, owner, args.org)
        const { agreeUpon } = await import('../kernel/limits/quota-store.ts')
        const { listLimits } = await import('../features/limits/list-limits.ts')
        if (wanted) await agreeUpon(db, context.orgId, wanted.name, wanted.value)
        return await listLimits(context)
      })
      console.log(args.json ? JSON.stringify(found) : found.map(inWords).join('\n'))
    } catch (error) {
      tellProblem(error)
    }
  },
})

function parse(text: string): { name: LimitName; value: number | null } {
  const [given = '', value = ''] = text.split('=')
  const name = LimitName.safeParse(given)
  if (!name.success)
    throw new AppError('bad-input', `There is no limit "${given}".`, { field: 'set', fix: `Name one of: ${names}.` })
  if (value === 'default') return { name: name.data, value: null }
  const isNumber = /^\d{1,15}$/.test(value) && (Number(value) > 0 || !name.data.endsWith('PerSecond'))
  if (isNumber) return { name: name.data, value: Number(value) }
  throw new AppError('bad-input', `"${value}" is no limit.`, {
    field: 'set',
    fix: `Give a whole number: --set ${given}=1000`,
  })
}

function inWords({ name, used, allowed, isAgreed }: OrgLimit): string {
  const amount = used === null ? '' : `${Math.round(used).toLocaleString('en')} of `
  return `${name.padEnd(16)} ${amount}${allowed.toLocaleString('en')}${isAgreed ? ' (agreed)' : ''}`
}
