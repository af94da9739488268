import { setTimeout as pause } from 'node:timers/promises'
import { defineCommand } from 'citty'
import { resolveDataDir } from '../kernel/data-dir.ts'
import type { Db } from '../kernel/pool.ts'
import { onThisMachine } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'

const common = {
  json: { type: 'boolean', default: false, description: 'Print one JSON object' },
  'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
} as const

const statusCommand = defineCommand({
  meta: {
    name: 'status',
    description: 'Who wraps the keys of secrets, by which key how much is wrapped, what may be removed.',
  },
  args: common,
  run: ({ args }) =>
    withKeys(args['data-dir'], async (db) => {
      const status = await readStatus(db, args['data-dir'])
      console.log(args.json ? JSON.stringify(status) : describeStatus(status))
    }),
})

const rotateCommand = defineCommand({
  meta: {
    name: 'rotate',
    description: 'Wrap all data keys anew by the current key, in every organisation, while they work.',
  },
  args: {
    ...common,
    'data-keys': { type: 'boolean', default: false, description: 'Seal every value by a fresh data key, too' },
  },
  run: ({ args }) =>
    withKeys(args['data-dir'], async (db) => {
      const { startRotationEverywhere } = await import('../kernel/vault/start-rotation.ts')
      await startRotationEverywhere(db, args['data-keys'] ? 'data' : 'wrapping', 'the command line')
      await follow(db, args.json ? () => {} : (line) => console.log(line))
      const status = await readStatus(db, args['data-dir'])
      console.log(args.json ? JSON.stringify(status) : describeStatus(status))
    }),
})

export const keysCommand = defineCommand({
  meta: { name: 'keys', description: 'The keys that secrets are encrypted with: their state, and their rotation.' },
  subCommands: { status: statusCommand, rotate: rotateCommand },
})

async function withKeys(dataDir: string | undefined, work: (db: Db) => Promise<void>): Promise<void> {
  try {
    const installation = { dataDir, databaseUrl: process.env.DATABASE_URL }
    await onThisMachine(installation, async (db) => {
      const { openKeyProvider } = await import('../kernel/vault/open-key-provider.ts')
      const { setKeyProvider } = await import('../kernel/vault/of-db.ts')
      setKeyProvider(db, openKeyProvider({ dataDir: resolveDataDir(dataDir), env: process.env }))
      await work(db)
    })
  } catch (error) {
    tellProblem(error)
  }
}

/** Helps until nothing runs any more; a server that runs beside it helps too. */
async function follow(db: Db, say: (line: string) => void): Promise<void> {
  const { rotateDue } = await import('../kernel/vault/rotate.ts')
  const { progressEverywhere } = await import('../kernel/vault/rotate-store.ts')
  let said = ''
  for (;;) {
    await rotateDue(db)
    const { running, total, done, failed, problem } = await progressEverywhere(db)
    if (running === 0) return
    const line = `${done + failed} of ${total}${problem ? `, held up: ${problem}` : ''}`
    if (line !== said) say(line)
    said = line
    await pause(1_000)
  }
}

type Status = Awaited<ReturnType<typeof readStatus>>

async function readStatus(db: Db, dataDir: string | undefined) {
  const { countByKeyEverywhere, progressEverywhere } = await import('../kernel/vault/rotate-store.ts')
  const { keyProviderOf } = await import('../kernel/vault/of-db.ts')
  const { openLocalKeys } = await import('../kernel/vault/local-key.ts')
  const { name: provider } = keyProviderOf(db)
  const keys = await countByKeyEverywhere(db)
  const used = new Set(keys.map(({ keyId }) => keyId))
  const files = openLocalKeys(resolveDataDir(dataDir)).list()
  // The newest wraps what comes next, as long as this machine's files are what wraps.
  const kept = provider === 'local' ? files.at(-1)?.keyId : undefined
  const removable = files.filter(({ keyId }) => !used.has(keyId) && keyId !== kept).map(({ path }) => path)
  return { provider, keys, rotation: await progressEverywhere(db), removable }
}

function describeStatus({ provider, keys, rotation, removable }: Status): string {
  return [
    `Provider: ${provider}`,
    ...(keys.length === 0 ? ['No secret is kept yet.'] : []),
    ...keys.map(({ keyId, versions }) => `  ${keyId}  wraps ${versions} ${versions === 1 ? 'value' : 'values'}`),
    ...(rotation.running > 0
      ? [`Rotation: ${rotation.done + rotation.failed} of ${rotation.total} in ${rotation.running} organisations`]
      : []),
    ...(rotation.problem ? [`Held up: ${rotation.problem}`] : []),
    ...(removable.length > 0
      ? ['Nothing needs these key files any more. Backups of the database may: keep them as long as those.']
      : []),
    ...removable.map((path) => `  ${path}`),
  ].join('\n')
}
