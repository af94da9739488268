import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { KeyId } from '#shared/kernel/ids.ts'
import { type ApiKey, CreateKey } from '#shared/keys/contract.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'

const common = {
  org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
  json: { type: 'boolean', default: false, description: 'Print one JSON object' },
  'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
} as const

const createCommand = defineCommand({
  meta: { name: 'create', description: 'Make an API key. It is printed once, and kept nowhere.' },
  args: {
    name: { type: 'positional', required: true, description: 'What will use it' },
    role: { type: 'string', default: 'member', description: 'admin, manager, member or viewer' },
    me: { type: 'boolean', default: false, description: 'Acts as you; without it, as a machine of the org' },
    days: { type: 'string', default: '90', description: 'Days until it expires, at most 365; or never' },
    only: { type: 'string', description: 'Only these permissions, by commas, e.g. delegations.give,delegations.read' },
    ...common,
  },
  async run({ args }) {
    try {
      const { createKey } = await import('../features/keys/index.ts')
      const input = readKey(args)
      const { key, token } = await onThisMachine(here(args), async (db, owner) =>
        createKey(await requireOrg(db, owner, args.org), input),
      )
      if (args.json) console.log(JSON.stringify({ key, token }))
      else console.log(`${token}\n\nCopy it now: it is never shown again. ${lineOf(key)}`)
    } catch (error) {
      tellProblem(error)
    }
  },
})

const listCommand = defineCommand({
  meta: { name: 'list', description: 'List the API keys of an org; never the keys themselves.' },
  args: common,
  async run({ args }) {
    try {
      const { listKeys } = await import('../features/keys/index.ts')
      const keys = await onThisMachine(here(args), async (db, owner) => listKeys(await requireOrg(db, owner, args.org)))
      if (args.json) console.log(JSON.stringify({ keys }))
      else console.log(keys.length === 0 ? 'There are no keys.' : keys.map(lineOf).join('\n'))
    } catch (error) {
      tellProblem(error)
    }
  },
})

const revokeCommand = defineCommand({
  meta: { name: 'revoke', description: 'End an API key at once.' },
  args: {
    key: { type: 'positional', required: true, description: 'The key (id), from delegraph key list' },
    ...common,
  },
  async run({ args }) {
    try {
      const { revokeKey } = await import('../features/keys/index.ts')
      const id = KeyId.safeParse(args.key)
      if (!id.success) {
        throw new AppError('bad-input', 'That is no id of a key.', { fix: 'Copy the id from delegraph key list.' })
      }
      await onThisMachine(here(args), async (db, owner) => revokeKey(await requireOrg(db, owner, args.org), id.data))
      console.log(args.json ? JSON.stringify({ keyId: id.data }) : 'Revoked: it opens nothing any more.')
    } catch (error) {
      tellProblem(error)
    }
  },
})

export const keyCommand = defineCommand({
  meta: { name: 'key', description: 'Make, list and revoke API keys of an org on this machine.' },
  subCommands: { create: createCommand, list: listCommand, revoke: revokeCommand },
})

function here(args: { 'data-dir'?: string | undefined }) {
  return { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
}

type Flags = { name: string; role: string; me: boolean; days: string; only?: string | undefined }

function readKey({ name, role, me, days, only }: Flags): Omit<CreateKey, 'orgId'> {
  const read = CreateKey.omit({ orgId: true }).safeParse({
    name,
    role,
    holder: me ? 'me' : 'machine',
    days: days === 'never' ? null : Number(days),
    permissions: only === undefined ? null : only.split(',').map((one) => one.trim()),
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  const flag = String(issue?.path[0] ?? 'name').replace('permissions', 'only')
  throw new AppError('bad-input', `--${flag} cannot be read: ${issue?.message ?? 'it does not fit'}.`, {
    fix: 'See delegraph key create --help.',
  })
}

function lineOf({ id, name, holder, role, permissions, shown, expiresAt, lastUsedAt }: ApiKey): string {
  const who = holder === 'machine' ? 'machine' : 'person'
  const limits = permissions === null ? '' : `, only ${permissions.join(' ')}`
  const end = expiresAt === null ? 'never expires' : `until ${expiresAt.slice(0, 10)}`
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.slice(0, 16).replace('T', ' ')}`
  return `${id}  ${shown}…  ${name} (${who}, ${role}${limits}), ${end}, ${used}`
}
