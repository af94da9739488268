import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backendNames } from '#sandbox/server/settings.ts'
import { describeFindings, runDoctor } from './doctor.ts'

const folder = mkdtempSync(join(tmpdir(), 'delegraph-doctor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a fit machine has no fault with what is needed to run', async () => {
  const findings = await runDoctor({ dataDir: join(folder, 'fit'), port: 0 })
  const faults = findings.filter(({ ok, needed, name }) => needed && !ok && name !== 'Web app')
  expect(faults).toEqual([])
  // Each place where code can run is told of, with the way to get it where it is not there.
  const places = findings.filter(({ name }) => /^Sandbox [^f]/.test(name))
  const named = places.map(({ name }) => name.slice('Sandbox '.length))
  expect(named).toEqual([...backendNames, 'in the page', 'WebContainers'])
  for (const { ok, found, fix } of places) expect(ok ? found : fix).toMatch(/./)
  expect(places.find(({ name }) => name === 'Sandbox in the page')?.found).toContain('frame-worker')
  expect(places.at(-1)?.fix).toContain('DELEGRAPH_WEBCONTAINERS=on')
})

test('every fault comes with what was found and a fix', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const findings = await runDoctor({ dataDir: file, port, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })
  taken.close()

  const faults = findings.filter(({ ok }) => !ok)
  expect(faults.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Data folder', 'Free disk', 'Port', 'Database']),
  )
  for (const { name, found, fix } of faults)
    expect({ name, found, fix }).toEqual({ name, found: expect.stringMatching(/./), fix: expect.stringMatching(/./) })
  expect(describeFindings(findings)).toMatch(new RegExp(`^✗ Port +${port} is in use$`, 'm'))
})
