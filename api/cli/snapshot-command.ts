import { defineCommand } from 'citty'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'
import { writeNewFile } from './write-new-file.ts'

export const snapshotCommand = defineCommand({
  meta: { name: 'snapshot', description: 'Copy an org at one moment into a file; no secrets are in it.' },
  args: {
    org: { type: 'string', description: 'Org to copy, by name or id; not needed where there is one' },
    out: { type: 'string', required: true, description: 'File to write' },
    json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const { exportSnapshot } = await import('../features/snapshots/index.ts')
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      const { header, file } = await onThisMachine(installation, async (db, owner) =>
        exportSnapshot(await requireOrg(db, owner, args.org)),
      )
      const path = await writeNewFile(args.out, one(file))
      const { id, orgId, orgName, takenAt, seq } = header
      if (args.json)
        console.log(JSON.stringify({ path, bytes: file.length, snapshotId: id, orgId, orgName, takenAt, seq }))
      else console.log(`Copied ${orgName} as of ${takenAt} to ${path} (${file.length} bytes).`)
    } catch (error) {
      tellProblem(error)
    }
  },
})

async function* one(file: Buffer): AsyncGenerator<Buffer> {
  yield file
}
