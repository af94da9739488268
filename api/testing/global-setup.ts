import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readOrCreateSecret, resolveDataDir } from '../kernel/data-dir.ts'
import { migrate } from '../kernel/migrations.ts'
import { startEmbeddedPostgres } from '../kernel/postgres/embedded-postgres.ts'
import { ensureDatabase, ensureLoginRoles, roleNames } from '../kernel/roles.ts'
import { templateName } from './test-cluster.ts'

/** One server for the whole run, with the roles and a migrated template that every test database is a copy of. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = resolveDataDir(mkdtempSync(join(tmpdir(), 'delegraph-tests-')))
  const postgres = await startEmbeddedPostgres({
    dataDir,
    // Nothing here outlives the run, so nothing waits for the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const at = `${postgres.host}:${postgres.port}`
  const urlOf = (user: string, password: string, database: string) =>
    `postgres://${user}:${encodeURIComponent(password)}@${at}/${database}`
  const { user, password } = postgres.superuser
  const passwords = {
    owner: readOrCreateSecret(dataDir, 'test-owner'),
    app: readOrCreateSecret(dataDir, 'test-app'),
    auth: readOrCreateSecret(dataDir, 'test-auth'),
  }
  const adminUrl = urlOf(user, password, 'postgres')
  await ensureLoginRoles(adminUrl, passwords)
  await ensureDatabase(adminUrl, templateName)
  await migrate(urlOf(roleNames.owner, passwords.owner, templateName))
  project.provide('testCluster', { at, adminUrl, passwords })
  return async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
