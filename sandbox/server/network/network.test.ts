import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language, NetworkAttempt, NetworkRules, RunResult } from '../../sandbox.ts'
import { createBubblewrap } from '../bubblewrap.ts'
import { type Lookup, openProxy } from './proxy.ts'

const sandbox = createBubblewrap()
const probe = await sandbox.probe()
if (probe.state === 'unavailable') process.stdout.write(`skipped: network of bubblewrap: ${probe.reason}\n`)

/** A stand-in for a host of the world, on this machine's loopback. */
let server: Server
let port = 0
const visits: string[] = []

beforeAll(async () => {
  server = createServer((asked, answer) => {
    visits.push(`${asked.method} ${asked.url} ${asked.headers.host}`)
    answer.end('hello from outside')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = portOf(server)
})
afterAll(() => {
  sandbox.close()
  server.close()
})

function portOf(listening: Server): number {
  const address = listening.address()
  return address !== null && typeof address === 'object' ? (address satisfies AddressInfo).port : 0
}

async function run(
  language: Language,
  code: string,
  network?: NetworkRules,
): Promise<{ result: RunResult; text: string }> {
  const booted = await sandbox.boot(network ? { network } : {})
  if (booted.state !== 'ready') throw new Error(booted.reason)
  const { session } = booted
  let text = ''
  session.onOutput((chunk) => (text += chunk.text))
  try {
    return { result: await session.run({ language, code }), text }
  } finally {
    session.dispose()
  }
}

/** What the operator of a server names, for this one stand-in alone. */
const standIn = (): NetworkRules => ({
  allowed: [{ host: 'localhost', port }],
  mayReachPrivate: (host, at) => host === 'localhost' && at === port,
})

describe.skipIf(probe.state === 'unavailable')('a sandbox with a list of hosts', { timeout: 20_000 }, () => {
  test.each([
    ['javascript', () => `console.log(await (await fetch('http://localhost:${port}/deno?a=1')).text())`],
    [
      'python',
      () => `import urllib.request\nprint(urllib.request.urlopen('http://localhost:${port}/py').read().decode())`,
    ],
  ] as const)('a program in %s reaches what is listed, through the proxy alone', async (language, code) => {
    const { result, text } = await run(language, code(), standIn())
    expect(text).toBe('hello from outside\n')
    expect(result).toMatchObject({ kind: 'completed', attempts: [{ host: 'localhost', port, isAllowed: true }] })
    expect(visits.at(-1)).toContain(`localhost:${port}`)
  })

  test('what is not listed is refused by name, an address always, and each attempt is in the result', async () => {
    const before = visits.length
    const code = `for (const url of ['http://example.org/', 'http://127.0.0.1:${port}/', 'http://169.254.169.254/latest/meta-data/', 'http://[::1]:${port}/', 'http://localhost:${port + 1}/']) {
  const answer = await fetch(url)
  console.log(answer.status, (await answer.text()).trim())
}`
    const { result, text } = await run('javascript', code, standIn())
    expect(text.split('\n').slice(0, 5)).toEqual([
      '403 example.org:80 is not among the hosts this sandbox may reach',
      '403 addresses are never allowed, only names are; 127.0.0.1 is an address',
      '403 addresses are never allowed, only names are; 169.254.169.254 is an address',
      '403 addresses are never allowed, only names are; ::1 is an address',
      `403 localhost:${port + 1} is not among the hosts this sandbox may reach`,
    ])
    expect(result.attempts?.map(({ host, isAllowed }) => [host, isAllowed])).toEqual([
      ['example.org', false],
      ['127.0.0.1', false],
      ['169.254.169.254', false],
      ['::1', false],
      ['localhost', false],
    ])
    expect(visits.length).toBe(before)
  })

  test('there is no way beside the proxy: no address answers, no name is known', async () => {
    const code = `import socket
for host, port in [('127.0.0.1', ${port}), ('169.254.169.254', 80), ('1.1.1.1', 53), ('localhost', ${port})]:
    try: socket.create_connection((host, port), 1); print('reached')
    except OSError as error: print(type(error).__name__)`
    const { text } = await run('python', code, standIn())
    expect(text).not.toContain('reached')
  })

  test('a flood of what is allowed hides nothing that was refused', async () => {
    const code = `for (let at = 0; at < 201; at++) await (await fetch('http://localhost:${port}/')).text()
await fetch('http://example.org/')`
    const { result } = await run('javascript', code, standIn())
    expect(result.attempts?.filter(({ isAllowed }) => !isAllowed)).toMatchObject([{ host: 'example.org', port: 80 }])
  })

  test.each([
    [
      'javascript',
      `for (const ask of [
  () => fetch('https://one.example.org/a'),
  () => Deno.connect({ hostname: 'two.example.org', port: 5432 }),
  () => fetch('http://127.0.0.1:9/'),
]) await ask().catch(() => console.log('no way'))`,
    ],
    [
      'python',
      `import socket, urllib.request
for ask in [
  lambda: urllib.request.urlopen('https://one.example.org/a'),
  lambda: socket.create_connection(('two.example.org', 5432)),
  lambda: urllib.request.urlopen('http://127.0.0.1:9/'),
]:
    try: ask()
    except OSError: print('no way')`,
    ],
  ] as const)(
    'without a list the result names whom a program in %s asked for, and not itself',
    async (language, code) => {
      const { result, text } = await run(language, code)
      expect(text).toBe('no way\nno way\nno way\n')
      const refused = { isAllowed: false, why: 'this sandbox has no network' }
      expect(result.attempts).toEqual([
        { host: 'one.example.org', port: 443, ...refused },
        { host: 'two.example.org', port: 5432, ...refused },
      ])
      expect(
        (await run(language, language === 'python' ? 'print(1)' : 'console.log(1)')).result.attempts,
      ).toBeUndefined()
    },
  )

  test('without a list there is no proxy to be found', async () => {
    const code = `import os\nprint(os.path.exists('/run/delegraph'), [name for name in os.environ if 'proxy' in name.lower()])`
    expect((await run('python', code)).text).toBe('False []\n')
  })
})

describe('the proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  async function asking(rules: NetworkRules, lookup: Lookup, asks: readonly string[]) {
    const attempts: NetworkAttempt[] = []
    const socketPath = join(folder, `${crypto.randomUUID().slice(0, 8)}.sock`)
    const proxy = await openProxy({ ...rules, socketPath, lookup, onAttempt: (attempt) => void attempts.push(attempt) })
    const statuses: number[] = []
    for (const path of asks) statuses.push(await connectStatus(socketPath, path))
    proxy.close()
    return { statuses, attempts }
  }

  test('a listed name that points inside is refused: loopback, private, metadata, and one among public ones', async () => {
    const names: Record<string, string[]> = {
      'loop.example.org': ['127.0.0.1'],
      'intern.example.org': ['10.1.2.3'],
      'metadata.example.org': ['169.254.169.254'],
      'mixed.example.org': ['93.184.216.34', '192.168.1.1'],
      'six.example.org': ['::ffff:127.0.0.1'],
      'nobody.example.org': [],
    }
    const allowed = [{ host: '*.example.org', port: 443 }]
    const lookup: Lookup = async (host) => (names[host] ?? []).map((address) => ({ address }))
    const asks = Object.keys(names).map((host) => `${host}:443`)
    const { statuses, attempts } = await asking({ allowed }, lookup, asks)
    expect(statuses).toEqual(asks.map(() => 403))
    expect(attempts.every(({ isAllowed }) => !isAllowed)).toBe(true)
    expect(attempts.at(-1)?.why).toBe('nobody knows the name nobody.example.org')
  })

  test('a name is looked up once, and reached at that address: it cannot be bound anew in between', async () => {
    let lookups = 0
    // Public to who looks first, the stand-in's own loopback to who looks again.
    const lookup: Lookup = async () => [{ address: lookups++ === 0 ? '127.0.0.1' : '10.0.0.1' }]
    const rules = { allowed: [{ host: 'rebound.test', port }], mayReachPrivate: () => true }
    const { statuses } = await asking(rules, lookup, [`rebound.test:${port}`])
    expect(statuses).toEqual([200])
    expect(lookups).toBe(1)
  })
})

function connectStatus(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method: 'CONNECT', path, agent: false })
    asked.on('connect', (answer, socket) => {
      socket.destroy()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}
