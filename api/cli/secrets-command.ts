import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/secrets/contract.ts'
import type { OrgContext } from '../kernel/actor.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { readValue } from './read-value.ts'
import { tellProblem } from './tell-problem.ts'

const common = {
  org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
  'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
} as const
const scoped = {
  ...common,
  workspace: { type: 'string', description: 'Of this workspace, by name or id, instead of the organisation' },
} as const
const json = { json: { type: 'boolean', default: false, description: 'Print one JSON object' } } as const

const listCommand = defineCommand({
  meta: { name: 'list', description: 'Names, scopes and hints; values are shown to nobody.' },
  args: { ...common, ...json },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const { listSecrets } = await import('../features/secrets/index.ts')
      const [found, names] = [await listSecrets(context), await namesOfWorkspaces(context)]
      console.log(args.json ? JSON.stringify(found) : inWords(found.secrets, names))
    }),
})

const setCommand = defineCommand({
  meta: { name: 'set', description: 'Set a secret; its value is read from standard input, or asked for.' },
  args: { name: { type: 'positional', required: true, description: 'Such as OPENAI_API_KEY' }, ...scoped, ...json },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      refuseMore(args._)
      const { setSecrets } = await import('../features/secrets/index.ts')
      const { SecretName, SecretValue } = await import('#shared/secrets/contract.ts')
      const name = valid(SecretName.safeParse(args.name), 'name')
      const workspaceId = await findWorkspace(context, args.workspace)
      const value = valid(SecretValue.safeParse(await readValue(name)), 'value')
      const [change] = await setSecrets(context, { workspaceId, entries: [{ name, value }] })
      console.log(args.json ? JSON.stringify(change) : describeSet(name, change))
    }),
})

const unsetCommand = defineCommand({
  meta: { name: 'unset', description: 'Delete a secret; it can be taken back for a day in Settings, Secrets.' },
  args: { name: { type: 'positional', required: true, description: 'Such as OPENAI_API_KEY' }, ...scoped },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const { listSecrets, removeSecret } = await import('../features/secrets/index.ts')
      const workspaceId = await findWorkspace(context, args.workspace)
      const { secrets } = await listSecrets(context)
      const found = secrets.find((one) => one.name === args.name && one.workspaceId === workspaceId)
      if (!found) throw new AppError('not-found', `There is no secret ${args.name} here.`)
      const { restorableUntil } = await removeSecret(context, found.id)
      console.log(`Deleted ${found.name}. It can be taken back until ${restorableUntil}: Settings, Secrets.`)
    }),
})

const importEnvCommand = defineCommand({
  meta: {
    name: 'import-env',
    description: "Take keys of known services over from this terminal's environment into the organisation's secrets.",
  },
  args: { ...common, ...json },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const { setSecrets } = await import('../features/secrets/index.ts')
      const { services } = await import('#shared/secrets/services.ts')
      const known = args._.length > 0 ? args._ : services.flatMap(({ keys, settings }) => [...keys, ...settings])
      const entries = known.flatMap((name) => {
        const value = process.env[name]?.trim()
        return value ? [{ name, value }] : []
      })
      if (entries.length === 0) throw new AppError('not-found', 'None of these keys is set in this environment.')
      const { SetSecrets } = await import('#shared/secrets/contract.ts')
      const input = valid(SetSecrets.safeParse({ orgId: context.orgId, entries }), 'name')
      const changes = await setSecrets(context, input)
      const names = changes.map(({ name }) => name)
      console.log(args.json ? JSON.stringify({ set: names }) : `Set ${names.join(', ')}.`)
    }),
})

export const secretsCommand = defineCommand({
  meta: { name: 'secrets', description: 'The keys agents work with: list, set and delete them.' },
  subCommands: { list: listCommand, set: setCommand, unset: unsetCommand, 'import-env': importEnvCommand },
})

type Where = { org?: string | undefined; 'data-dir'?: string | undefined }

async function inOrg(args: Where, work: (context: OrgContext) => Promise<void>): Promise<void> {
  try {
    const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
    await onThisMachine(installation, async (db, owner) => {
      const { resolveDataDir } = await import('../kernel/data-dir.ts')
      const { openVault } = await import('../kernel/vault/open-vault.ts')
      // Never a fresh key beside a lost one.
      await openVault(db, { dataDir: resolveDataDir(args['data-dir']), env: process.env })
      await work(await requireOrg(db, owner, args.org))
    })
  } catch (error) {
    tellProblem(error)
  }
}

async function namesOfWorkspaces(context: OrgContext): Promise<ReadonlyMap<string, string>> {
  const { loadChart } = await import('../features/workspaces/index.ts')
  const { inSnapshot } = await import('../kernel/db.ts')
  const { workspaces } = await inSnapshot(context.db, context.orgId, loadChart)
  return new Map(workspaces.map(({ id, name }) => [id, name]))
}

async function findWorkspace(context: OrgContext, wanted: string | undefined): Promise<WorkspaceId | null> {
  if (wanted === undefined) return null
  const { WorkspaceId: Id } = await import('#shared/kernel/ids.ts')
  const named = [...(await namesOfWorkspaces(context))].filter(([id, name]) => id === wanted || name === wanted)
  const [found, another] = named
  if (found && !another) return Id.parse(found[0])
  const which = found ? `Several workspaces are named ${wanted}.` : `There is no workspace ${wanted}.`
  throw new AppError('not-found', which, { fix: 'Name it by its id, as `delegraph log` or its address shows it.' })
}

/** A value in the arguments is seen by everybody on this machine, and stays in the shell's history. */
function refuseMore(given: readonly string[]): void {
  if (given.length < 2) return
  throw new AppError('bad-input', 'A value is never given as an argument: others on this machine could read it.', {
    fix: 'Leave it out and type it when asked, or pipe it in. Replace the one you gave: it is in your history.',
  })
}

type Parsed<T> = { success: true; data: T } | { success: false; error: { issues: { message: string }[] } }

function valid<T>(parsed: Parsed<T>, field: string): T {
  if (parsed.success) return parsed.data
  throw new AppError('bad-input', parsed.error.issues[0]?.message ?? 'It is not valid.', { field })
}

type Change = { version: number; affected: readonly { name: string }[]; notMasked: string | null }

function describeSet(name: string, change: Change | undefined): string {
  const users = change?.affected.map((workspace) => workspace.name) ?? []
  const shown = users.length > 5 ? `${users.slice(0, 5).join(', ')} and ${users.length - 5} more` : users.join(', ')
  return [
    `Set ${name}, version ${change?.version ?? 1}.`,
    ...(users.length > 0 ? [`${shown}: the next call uses it.`] : []),
    ...(change?.notMasked ? [`It will not be masked in logs and answers. ${change.notMasked}`] : []),
  ].join(' ')
}

function inWords(secrets: readonly Secret[], names: ReadonlyMap<string, string>): string {
  if (secrets.length === 0) return 'There are no secrets yet. Set one with: delegraph secrets set NAME'
  const width = Math.max(...secrets.map(({ name }) => name.length))
  return secrets
    .map(({ name, hint, workspaceId, version, updatedAt }) => {
      const scope = workspaceId === null ? 'organisation' : (names.get(workspaceId) ?? workspaceId)
      return `${name.padEnd(width)}  ${hint.padEnd(8)}  v${version}  ${updatedAt.slice(0, 10)}  ${scope}`
    })
    .join('\n')
}
