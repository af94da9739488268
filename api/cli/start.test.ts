import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, expect, test } from 'vitest'
import { clusterPaths } from '../kernel/postgres/cluster-paths.ts'
import { ask } from '../testing/ask.ts'
import { openStreamClient } from '../testing/stream-client.ts'

const program = join(import.meta.dirname, 'main.ts')
const dataDir = mkdtempSync(join(tmpdir(), 'delegraph-start-'))
const children = new Set<ChildProcess>()

afterEach(async () => {
  for (const child of children) await end(child, 'SIGTERM')
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

type Started = { url: string; signInUrl: string; pid: number }

function run(...flags: string[]): ChildProcess {
  // As somebody would start it: no database given, no desktop to open a browser on.
  const env = { ...process.env, DATABASE_URL: '', DISPLAY: '', WAYLAND_DISPLAY: '' }
  const child = spawn(process.execPath, [program, 'start', ...flags], { stdio: ['ignore', 'pipe', 'pipe'], env })
  children.add(child)
  return child
}

async function start(...flags: string[]): Promise<Started & { child: ChildProcess; printed: Promise<string> }> {
  const child = run('--json', '--data-dir', dataDir, ...flags)
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('no pipes')
  const faults = text(stderr)
  const chunks: Buffer[] = []
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  await Promise.race([
    once(stdout, 'data'),
    once(child, 'close').then(async () => Promise.reject(new Error(await faults))),
  ])
  const started: Started = JSON.parse(Buffer.concat(chunks).toString())
  const printed = once(child, 'close').then(() => Buffer.concat(chunks).toString())
  return { ...started, child, printed }
}

async function fails(...flags: string[]): Promise<{ code: unknown; said: string; printed: string }> {
  const child = run(...flags)
  if (!child.stdout || !child.stderr) throw new Error('no pipes')
  const [printed, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  children.delete(child)
  return { code, said, printed }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  children.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return 0
  const began = performance.now()
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
  return performance.now() - began
}

async function signIn({ url, signInUrl }: Started): Promise<{ cookie: string; orgId: string }> {
  const token = new URL(signInUrl).hash.replace('#token=', '')
  const headers = { origin: url, 'content-type': 'application/json' }
  const answer = await ask(`${url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  const cookie = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ')
  return { cookie, orgId: await orgOf(url, cookie) }
}

async function orgOf(url: string, cookie: string): Promise<string> {
  const orgs = await ask(`${url}/api/trpc/orgs.list`, { headers: { cookie } })
  return JSON.parse(orgs.body).result.data[0].id
}

const postmaster = join(clusterPaths(dataDir).cluster, 'postmaster.pid')

test('prints one JSON line when it is ready, and Ctrl-C ends everything, open streams too, within two seconds', {
  timeout: 60_000,
}, async () => {
  const started = await start('--port', '0')
  expect(started).toMatchObject({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    signInUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#token=[\w-]{43}$/),
    pid: started.child.pid,
  })
  const { cookie, orgId } = await signIn(started)
  const stream = openStreamClient(`${started.url}/events/${orgId}`, { cookie })
  expect(await stream.opened).toBe(200)
  expect(existsSync(postmaster)).toBe(true)
  expect(await end(started.child, 'SIGINT')).toBeLessThan(2_000)
  expect(started.child.exitCode).toBe(0)
  expect((await started.printed).trim().split('\n')).toHaveLength(1)
  expect(existsSync(postmaster)).toBe(false)
})

test('after kill -9 the next start works, and everything is there', { timeout: 60_000 }, async () => {
  const killed = await start('--port', '0')
  const { cookie, orgId } = await signIn(killed)
  await end(killed.child, 'SIGKILL')
  expect(existsSync(postmaster)).toBe(true)
  const next = await start('--port', '0')
  expect(await orgOf(next.url, cookie)).toBe(orgId)
})

test('a second start names the port it cannot have, and on another port shares the database', {
  timeout: 60_000,
}, async () => {
  const first = await start('--port', '0')
  const { cookie, orgId } = await signIn(first)
  const { port } = new URL(first.url)
  const refused = await fails('--json', '--data-dir', dataDir, '--port', port)
  expect(refused).toMatchObject({ code: 1, printed: '' })
  expect(refused.said).toContain(`--port: Port ${port} is in use`)

  const second = await start('--port', '0')
  expect(await orgOf(second.url, cookie)).toBe(orgId)
  // The one that goes leaves the database to the one that stays.
  await end(first.child, 'SIGTERM')
  expect((await ask(`${second.url}/health`)).body).toBe('{"status":"ok"}')
  expect(await orgOf(second.url, cookie)).toBe(orgId)
})

test('what cannot work is refused by the name of its flag, and nothing is printed on standard output', {
  timeout: 60_000,
}, async () => {
  const file = join(dataDir, 'a-file')
  writeFileSync(file, '')
  const cases: [string[], RegExp][] = [
    [['--port', '70000'], /--port: 70000 is not a port/],
    [['--port', 'http'], /--port: http is not a port/],
    [['--data-dir', file], /--data-dir: .*a-file/],
    [['--data-dir', dataDir, '--host', '0.0.0.0'], /--host: .*0\.0\.0\.0[\s\S]*ssh -L/],
  ]
  for (const [flags, words] of cases) {
    const refused = await fails('--json', ...flags)
    expect(refused, flags.join(' ')).toMatchObject({ code: 1, printed: '', said: expect.stringMatching(words) })
    expect(refused.said).not.toMatch(/\.ts:\d/)
  }
})
