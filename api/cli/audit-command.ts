import { createReadStream } from 'node:fs'
import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { readSliceFlags } from './audit-slice.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { serverArg } from './server-arg.ts'
import { tellProblem } from './tell-problem.ts'
import { writeNewFile } from './write-new-file.ts'

const exportCommand = defineCommand({
  meta: { name: 'export', description: "Write a slice of an org's log as JSON lines in a chain of hashes." },
  args: {
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    out: { type: 'string', required: true, description: 'File to write' },
    server: serverArg,
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
      const path = await (args.server === undefined
        ? onThisMachine(installation, async (db, owner) =>
            writeNewFile(args.out, await exportLog(await requireOrg(db, owner, args.org), slice)),
          )
        : exportThere(args.server, args.out, slice))
      const written = await verifyExport(createReadStream(path))
      if (!written.isWhole) throw new Error(`what was written is not whole: ${written.problem}`)
      console.log(`Wrote ${written.end.events} events (${written.end.toolCalls} of tool calls) to ${path}`)
      console.log(`Hash of the whole: ${written.headHash}`)
    } catch (error) {
      tellProblem(error)
    }
  },
})

async function exportThere(server: string, out: string, slice: Readonly<Record<string, string | undefined>>) {
  const { onServer } = await import('./on-a-server.ts')
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(slice)) if (value !== undefined) asked.set(name, value)
  return await onServer(server, async ({ orgId, download }) =>
    writeNewFile(out, await download(`/api/orgs/${orgId}/audit?${asked}`)),
  )
}

const verifyCommand = defineCommand({
  meta: { name: 'verify', description: "Say whether an org's log, or a file exported of it, is as it was written." },
  args: {
    file: { type: 'positional', required: false, description: 'File of an exported log; without it the log itself' },
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    noted: { type: 'string', description: 'What an earlier verification told: NUMBER:HASH' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      if (args.file === undefined) await verifyHere(args)
      else await verifyFile(args.file)
    } catch (error) {
      tellProblem(error)
    }
  },
})

type Here = { org?: string | undefined; noted?: string | undefined; 'data-dir'?: string | undefined }

async function verifyHere({ org, noted, 'data-dir': dataDir }: Here): Promise<void> {
  const known = noted === undefined ? undefined : readNoted(noted)
  const { sealLog, verifyLog } = await import('../features/audit/index.ts')
  const verdict = await onThisMachine({ dataDir, databaseUrl: process.env.DATABASE_URL }, async (db, owner) => {
    const context = await requireOrg(db, owner, org)
    await sealLog(db, context.orgId)
    return await verifyLog(context, known && { noted: known })
  })
  for (const { problem } of verdict.problems) console.log(`Not whole: ${problem}`)
  if (!verdict.isWhole) process.exitCode = 2
  else console.log(`Whole: ${verdict.events} events are as they were written.`)
  console.log(`Sealed up to ${verdict.sealed.seq}; note this down: ${verdict.sealed.seq}:${verdict.sealed.sha256}`)
}

function readNoted(text: string): { seq: number; sha256: string } {
  const [, seq, sha256] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq && sha256) return { seq: Number(seq), sha256 }
  throw new AppError('bad-input', '--noted cannot be read.', {
    fix: 'Give it as an earlier verification told: NUMBER:HASH.',
  })
}

async function verifyFile(file: string): Promise<void> {
  const { verifyExport } = await import('../features/audit/index.ts')
  const verdict = await verifyExport(createReadStream(file)).catch(asUnreadable)
  if (verdict.isWhole) {
    const { head, end } = verdict
    console.log(`Whole: ${end.events} events of ${head.org.name}, exported ${head.exportedAt} by ${head.exportedBy}.`)
    console.log(`Hash of the whole: ${verdict.headHash}`)
    return
  }
  console.log(`Not whole, line ${verdict.line}: ${verdict.problem}`)
  process.exitCode = 2
}

function asUnreadable(cause: unknown): never {
  if (!(cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code)))) throw cause
  throw new AppError('not-found', `The file cannot be read: ${cause.message}.`, { cause })
}

export const auditCommand = defineCommand({
  meta: { name: 'audit', description: "Export an org's log; verify the log and what was exported." },
  subCommands: { export: exportCommand, verify: verifyCommand },
})
