import { readFile, stat } from 'node:fs/promises'
import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { maxSnapshotBytes } from '#shared/snapshots/limits.ts'
import { onThisMachine } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'

export const restoreCommand = defineCommand({
  meta: { name: 'restore', description: 'Make a fresh org from a snapshot; everything in it is paused.' },
  args: {
    file: { type: 'positional', required: true, description: 'File of the snapshot' },
    name: { type: 'string', description: "Name of the new org; by default the old one's, marked as restored" },
    json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const file = await readSnapshot(args.file)
      const { restoreSnapshot } = await import('../features/snapshots/index.ts')
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      const restored = await onThisMachine(installation, (db, owner) =>
        restoreSnapshot(db, file, { owner, name: args.name }),
      )
      if (args.json) console.log(JSON.stringify(restored))
      else {
        const waits = restored.alive === 0 ? '' : ` ${restored.alive} delegation(s) go on when you resume them.`
        console.log(`Made ${restored.name} (${restored.orgId}); its roots are paused and its schedules off.${waits}`)
      }
    } catch (error) {
      tellProblem(error)
    }
  },
})

async function readSnapshot(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size <= maxSnapshotBytes) return await readFile(path)
  } catch (cause) {
    throw new AppError('not-found', `${path} cannot be read.`, { fix: 'Name the file of a snapshot.', cause })
  }
  throw new AppError('too-large', `A snapshot's file has at most ${maxSnapshotBytes / 1024 / 1024} MB.`)
}
