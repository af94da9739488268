import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect } from 'vitest'
import { listOrgsOf } from '../features/orgs/index.ts'
import { makeTemplateFolder } from '../features/templates/template-folder.fixture.ts'
import type { OrgContext } from '../kernel/actor.ts'
import { withSetting } from '../kernel/database-url.ts'
import { ensureOwner } from '../kernel/identity/owner.ts'
import { openPool } from '../kernel/pool.ts'
import { personInOrg } from '../kernel/trpc.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'

type Ran = { status: number | null; out: string; error: string }
type CommandLine = {
  /** A folder of its own; the installation's data lie in `data` within it. */
  readonly dir: string
  /** There from the first test to the last. */
  readonly testDb: TestDb
  run(args: readonly string[], given?: { input?: string; env?: Record<string, string> }): Promise<Ran>
  /** Imports the org this org.yaml describes. */
  importOrg(yaml: string): Promise<void>
  /** The owner of this machine, in the first of their orgs. */
  owner(): Promise<OrgContext>
}

/** The program as a person calls it, on a database of its own, for all tests of the file that opens it. */
export function openCommandLine(): CommandLine {
  const dir = mkdtempSync(join(tmpdir(), 'delegraph-cli-'))
  let testDb: TestDb
  beforeAll(async () => {
    testDb = await openTestDb()
  })
  afterAll(async () => {
    await testDb.close()
    rmSync(dir, { recursive: true })
  })
  const run: CommandLine['run'] = async (args, { input = '', env = {} } = {}) => {
    const called = [join(import.meta.dirname, 'main.ts'), ...args, '--data-dir', join(dir, 'data')]
    const child = spawn(process.execPath, called, { env: { ...process.env, DATABASE_URL: testDb.adminUrl, ...env } })
    child.stdin.end(input)
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { status: child.exitCode, out, error }
  }
  return {
    dir,
    get testDb() {
      return testDb
    },
    run,
    async importOrg(yaml) {
      const template = makeTemplateFolder({ 'org.yaml': yaml })
      const { status, error } = await run(['import', template.dir])
      template.remove()
      expect(status, error).toBe(0)
    },
    owner: () => ownerOf(testDb),
  }
}

async function ownerOf({ db, authUrl }: TestDb): Promise<OrgContext> {
  const auth = openPool({ connectionString: withSetting(authUrl, 'search_path', 'auth'), max: 1 })
  const owner = await ensureOwner(auth)
  await auth.end()
  const [org] = await listOrgsOf(db, owner.id)
  if (!org) throw new Error('no org')
  return await personInOrg(db, org.id, owner)
}
