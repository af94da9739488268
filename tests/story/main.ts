import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import type { OrgId } from '#shared/kernel/ids.ts'
import { startServer } from '../support/server.ts'
import { type Client, signIn } from './client.ts'
import { copyOrg, finishYearbook, pauseYearbook } from './copy.ts'
import { judgeRounds, startRounds } from './runaways.ts'

const program = join(import.meta.dirname, '../../api/cli/main.ts')
const { values } = parseArgs({ options: { out: { type: 'string' } } })
const began = performance.now()
const since = new Date().toISOString()
const server = await startServer()
try {
  console.log(`Fifty agents on schedules, three of them runaways, at ${server.url}\n`)
  console.log('The organisation (each schedule is run now; its cron time is not awaited)')
  await server.importTemplate(join(import.meta.dirname, 'org'))
  const client = await signIn(server.url, server.signInUrl())
  const org = (await client.trpc.orgs.list.query()).find((one) => one.name === 'Meridian Almanac')
  if (!org) throw new Error('The organisation was not imported.')
  await startRounds(client, org.id)
  console.log('\nThe runaways')
  await judgeRounds(client, org.id)
  console.log('\nThe audit')
  await exportAudit(client, org.id)
  console.log('\nThe copy')
  const yearbook = await pauseYearbook(client, org.id)
  await finishYearbook(client, org.id, await copyOrg(client, org.id), yearbook)
  console.log(`\nPASS in ${Math.round((performance.now() - began) / 1_000)} s`)
} catch (error) {
  console.log(`\nFAIL ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await server.stop()
}

async function exportAudit({ send }: Client, orgId: OrgId): Promise<void> {
  const dir = values.out ?? (await mkdtemp(join(tmpdir(), 'delegraph-story-')))
  await mkdir(dir, { recursive: true })
  const path = join(dir, 'audit.jsonl')
  await writeFile(path, Buffer.from(await (await send(`/orgs/${orgId}/audit?since=${since}`)).arrayBuffer()))
  // Ends with another code than 0, and so throws, where the file is not whole.
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'audit', 'verify', path])
  console.log(`  ${path}\n  ${stdout.trim().replace('\n', '\n  ')}`)
}
