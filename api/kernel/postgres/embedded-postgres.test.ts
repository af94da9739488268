import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { isRunning } from './live-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'delegraph-postgres-'))
const dataDir = join(folder, 'data')
const cluster = join(dataDir, 'postgres', 'data')
const running = new Set<EmbeddedPostgres>()
const holders = new Set<ChildProcess>()

beforeAll(async () => {
  const postgres = await start()
  await query(postgres, 'create table kept (word text)')
  await postgres.stop()
}, 30_000)

afterEach(async () => {
  // Until they are gone they count as users, and the last user is who stops the server.
  for (const holder of holders) {
    if (holder.exitCode !== null || holder.signalCode !== null) continue
    const gone = once(holder, 'exit')
    holder.kill('SIGKILL')
    await gone
  }
  for (const postgres of running) await postgres.stop()
  holders.clear()
  running.clear()
})

afterAll(async () => {
  // Ends a server that a failed test left, too.
  await (await start()).stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a new database', () => {
  test('is UTF-8 whatever the locale of the machine, durable, and speaks on loopback only', async () => {
    const postgres = await start()
    const [facts] = await query(
      postgres,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale, upper('žluť') as upper,
         current_setting('fsync') as fsync, current_setting('listen_addresses') as listens,
         current_setting('unix_socket_directories') as sockets
       from pg_database where datname = 'postgres'`,
    )
    expect(facts).toEqual({
      ...{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', upper: 'ŽLUŤ' },
      ...{ fsync: 'on', listens: '127.0.0.1', sockets: '' },
    })
  })

  test('lets nobody in without the password that lies in a private file', async () => {
    const postgres = await start()
    const guess = { ...postgres, superuser: { ...postgres.superuser, password: 'guess' } }
    await expect(query(guess, 'select 1')).rejects.toThrow('password authentication failed')
    expect(postgres.superuser.password).toMatch(/^[\w-]{43}$/)
    expect(statSync(join(dataDir, 'keys', 'postgres-superuser')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'postgres', 'log.txt')).mode & 0o777).toBe(0o600)
  })

  test('leaves nothing half-made beside it', async () => {
    expect(readdirSync(join(dataDir, 'postgres')).sort()).toEqual(['data', 'in-use-by', 'log.txt', 'port'])
  })
})

test('a restart comes back on the same port with the same data', async () => {
  const first = await start()
  await query(first, `insert into kept values ('restart')`)
  await first.stop()
  const second = await start()
  expect(second).toMatchObject({ port: first.port, wasAdopted: false })
  expect(await query(second, `select word from kept where word = 'restart'`)).toHaveLength(1)
})

test('the server of a parent that was killed is adopted, then ended with us', async () => {
  const holder = await hold()
  await kill(holder.process)
  const postgres = await start()
  expect(postgres).toMatchObject({ port: holder.port, wasAdopted: true })
  const pid = postmasterPid()
  await postgres.stop()
  expect(isRunning(pid)).toBe(false)
})

test('a parent and its server both killed lose nothing that was committed', async () => {
  const holder = await hold()
  const visitor = await start()
  await query(visitor, `insert into kept values ('killed')`)
  await visitor.stop()
  const pid = postmasterPid()
  await kill(holder.process)
  process.kill(pid, 'SIGKILL')
  const again = await start()
  expect(again.wasAdopted).toBe(false)
  expect(await query(again, `select word from kept where word = 'killed'`)).toHaveLength(1)
})

test('of two processes the second adopts, and only the last one to leave ends the server', async () => {
  const postgres = await start()
  const holder = await hold()
  expect(holder).toMatchObject({ port: postgres.port, wasAdopted: true })
  const pid = postmasterPid()
  await postgres.stop()
  expect(isRunning(pid)).toBe(true)
  holder.process.stdin?.write('stop\n')
  await once(holder.process, 'exit')
  expect(isRunning(pid)).toBe(false)
})

test('processes that start at the same moment share one server', async () => {
  const [here, there] = await Promise.all([start(), hold()])
  expect(here.port).toBe(there.port)
  expect([here.wasAdopted, there.wasAdopted].sort()).toEqual([false, true])
})

test('a stale lock that names a process of something else is no obstacle', async () => {
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n0 0\nready   \n`)
  expect(await start()).toMatchObject({ wasAdopted: false })
})

test('a lock left in the middle of a start is taken over', async () => {
  writeFileSync(join(dataDir, 'postgres', 'start-stop.lock'), '999999999 1')
  expect(await start()).toMatchObject({ wasAdopted: false })
})

describe('what cannot work says what to do', () => {
  test('a cluster of an older PostgreSQL', async () => {
    const old = join(folder, 'old', 'postgres', 'data')
    mkdirSync(old, { recursive: true })
    writeFileSync(join(old, 'PG_VERSION'), '17\n')
    await expect(startEmbeddedPostgres({ dataDir: join(folder, 'old') })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/made by PostgreSQL 17; this version carries PostgreSQL 18/),
      fix: expect.stringContaining('--data-dir'),
    })
  })

  test('a data folder that cannot be written', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(startEmbeddedPostgres({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(join(file, 'data')),
      fix: expect.stringContaining('--data-dir'),
    })
  })

  test('a server that refuses to start, with its own last words', async () => {
    await expect(start({ shared_buffers: 'lots' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('shared_buffers'),
    })
  })
})

async function start(settings?: Record<string, string>): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(settings ? { dataDir, settings } : { dataDir })
  running.add(postgres)
  return postgres
}

async function hold(): Promise<{ process: ChildProcess; port: number; wasAdopted: boolean }> {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-database.fixture.ts'), dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, LANG: 'C' },
  })
  holders.add(holder)
  const [line] = await once(createInterface(holder.stdout), 'line')
  return { process: holder, ...JSON.parse(line) }
}

async function kill(holder: ChildProcess): Promise<void> {
  holder.kill('SIGKILL')
  await once(holder, 'exit')
}

function postmasterPid(): number {
  return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
}

type Server = Pick<EmbeddedPostgres, 'host' | 'port' | 'superuser'>

async function query({ host, port, superuser }: Server, text: string): Promise<unknown[]> {
  const client = new Client({ host, port, ...superuser, database: 'postgres' })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
