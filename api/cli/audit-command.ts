import { createReadStream } from 'node:fs'
import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { readSliceFlags } from './audit-slice.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'
import { writeNewFile } from './write-new-file.ts'

const exportCommand = defineCommand({
  meta: { name: 'export', description: "Write a slice of an org's log as JSON lines in a chain of hashes." },
  args: {
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    out: { type: 'string', required: true, description: 'File to write' },
    since: { type: 'string', description: 'From then on: 2026-01-31, 2026-01-31T09:00:00Z, 90m, 24h, 7d' },
    until: { type: 'string', description: 'Before then' },
    workspace: { type: 'string', description: 'Only what concerns this workspace (id)' },
    delegation: { type: 'string', description: 'Only this delegation and its parts (id)' },
    chain: { type: 'string', description: 'Only what one cause led to (id)' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const slice = readSliceFlags(args, new Date())
      const { exportLog, verifyExport } = await import('../features/audit/index.ts')
      const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
      const path = await onThisMachine(installation, async (db, owner) =>
        writeNewFile(args.out, await exportLog(await requireOrg(db, owner, args.org), slice)),
      )
      const written = await verifyExport(createReadStream(path))
      if (!written.isWhole) throw new Error(`what was written is not whole: ${written.problem}`)
      console.log(`Wrote ${written.end.events} events (${written.end.toolCalls} of tool calls) to ${path}`)
      console.log(`Hash of the whole: ${written.headHash}`)
    } catch (error) {
      tellProblem(error)
    }
  },
})

const verifyCommand = defineCommand({
  meta: { name: 'verify', description: 'Say whether an exported log is as it was written.' },
  args: { file: { type: 'positional', required: true, description: 'File of the exported log' } },
  async run({ args }) {
    try {
      const { verifyExport } = await import('../features/audit/index.ts')
      const verdict = await verifyExport(createReadStream(args.file)).catch(asUnreadable)
      if (verdict.isWhole) {
        const { head, end } = verdict
        console.log(
          `Whole: ${end.events} events of ${head.org.name}, exported ${head.exportedAt} by ${head.exportedBy}.`,
        )
        console.log(`Hash of the whole: ${verdict.headHash}`)
        return
      }
      console.log(`Not whole, line ${verdict.line}: ${verdict.problem}`)
      process.exitCode = 2
    } catch (error) {
      tellProblem(error)
    }
  },
})

function asUnreadable(cause: unknown): never {
  if (!(cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code)))) throw cause
  throw new AppError('not-found', `The file cannot be read: ${cause.message}.`, { cause })
}

export const auditCommand = defineCommand({
  meta: { name: 'audit', description: "Export an org's log, and verify what was exported." },
  subCommands: { export: exportCommand, verify: verifyCommand },
})
