import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findPrograms, installedPrograms } from './programs.ts'
import { chooseServerUser } from './server-user.ts'

const folder = mkdtempSync(join(tmpdir(), 'delegraph-programs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('libraries are linked where the install script was blocked, and copied where the database user cannot reach them', () => {
  const installed = installedPrograms()
  const links: { target: string }[] = JSON.parse(readFileSync(join(installed.native, 'pg-symlinks.json'), 'utf8'))
  const native = join(folder, 'closed', 'native')
  const wanted = new Set(links.map(({ target }) => basename(target)))
  cpSync(installed.native, native, { recursive: true, filter: (path) => !wanted.has(basename(path)) })

  const user = chooseServerUser(folder)
  const programs = findPrograms(user, join(folder, 'copies'), { ...installed, native })
  // A temp folder is private: only another user than ours needs the copy.
  const usable = user.kind === 'self' ? native : join(folder, 'copies', installed.version, 'native')
  expect(programs.postgres).toBe(join(usable, 'bin', 'postgres'))
  for (const { target } of links) expect(existsSync(join(usable, '..', target)), target).toBe(true)
})
