import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { delegate } from '../features/delegations/index.ts'
import { untilState } from '../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../testing/factories.ts'
import { onThisMachine } from './on-this-machine.ts'

const program = join(import.meta.dirname, 'main.ts')
const dataDir = mkdtempSync(join(tmpdir(), 'delegraph-worker-'))
const children: ChildProcess[] = []

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null) continue
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  rmSync(dataDir, { recursive: true, force: true })
})

test('a worker in a process of its own does the work of the database', { timeout: 60_000 }, async () => {
  const env = { ...process.env, DATABASE_URL: '' }
  const flags = ['worker', '--json', '--data-dir', dataDir, '--concurrency', '2']
  const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 'pipe', 'inherit'], env })
  children.push(child)
  const [line] = await once(child.stdout, 'data')
  expect(JSON.parse(String(line))).toEqual({ pid: child.pid })
  await onThisMachine({ dataDir }, async (db) => {
    const org = await makeOrg(db)
    const { Lead } = await makeWorkspaces(org, { Lead: { Writer: {} } })
    if (!Lead) throw new Error('there is no lead')
    const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'Share it out' })
    expect((await untilState(org, delegationId)).state).toBe('completed')
  })
})
