import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractLimits } from '../contract-suite.ts'
import type { Target } from '../hostile/case.ts'
import { hostileCases } from '../hostile-suite.ts'
import type { Capabilities, Limits, RunRequest, Sandbox } from '../sandbox.ts'
import { createBubblewrap } from './bubblewrap.ts'
import { createDocker } from './docker/docker.ts'
import { createE2b } from './e2b/e2b.ts'
import { createMicroVm } from './microvm/microvm.ts'
import { createQuickJs } from './quickjs/quickjs.ts'
import { startDockerStandIn } from './testing/docker-stand-in.ts'
import { startE2bStandIn } from './testing/e2b-stand-in.ts'
import { openImage } from './testing/image.ts'
import { bootOf, heardIn, inSessionOf } from './testing/in-session.ts'

/**
 * What a program may try, on every place for code. Behind the stand-ins stands bubblewrap: of those places this shows that
 * each attempt ends in the status that is true, not how thick another company's walls are.
 */
type Place = { name: string; sandbox: Sandbox & { close(): void }; end?: () => void }

const limits: Limits = { ...contractLimits, memoryBytes: 160 * 1024 * 1024 }
const places: Place[] = [{ name: 'quickjs', sandbox: createQuickJs(limits) }]
const bubblewrap = createBubblewrap(limits)
const probe = await bubblewrap.probe()
const image = probe.state === 'available' ? openImage() : { reason: probe.reason }
if ('reason' in image) {
  for (const name of ['bubblewrap', 'docker', 'e2b', 'microvm'])
    process.stdout.write(`skipped: hostile programs in ${name}: ${image.reason}\n`)
} else {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  for (const name of ['vmlinux', 'rootfs', 'kvm']) writeFileSync(join(folder, name), '')
  const engine = await startDockerStandIn(image)
  const service = await startE2bStandIn(image, 'key')
  const url = `http://127.0.0.1:${service.port}`
  const endpoint = { host: '127.0.0.1', port: engine.port }
  const firecracker = [
    process.execPath,
    join(import.meta.dirname, 'testing', 'firecracker-stand-in.process.ts'),
  ] as const
  const [kernel, rootfs, kvm] = [join(folder, 'vmlinux'), join(folder, 'rootfs'), join(folder, 'kvm')]
  places.push(
    { name: 'bubblewrap', sandbox: bubblewrap },
    {
      name: 'docker (stand-in)',
      sandbox: createDocker({ endpoint, image: 'sandbox-image', runtime: 'runsc' }, limits),
      end: engine.close,
    },
    {
      name: 'e2b (stand-in)',
      sandbox: createE2b({ apiUrl: url, sandboxUrl: url, apiKey: 'key', template: 't', domain: 'e2b.app' }, limits),
      end: service.close,
    },
    {
      name: 'microvm (stand-in)',
      sandbox: createMicroVm({ firecracker, kernel, rootfs, kvm }, limits),
      end: () => rmSync(folder, { recursive: true }),
    },
  )
}

const canary = 'canary-that-must-not-be-seen'
const canaryFile = join(tmpdir(), `hostile-${process.pid}.txt`)
const server = createServer((socket) => socket.destroy())
let visits = 0
let port = 0
beforeAll(async () => {
  process.env.HOSTILE_CANARY = canary
  writeFileSync(canaryFile, canary)
  server.on('connection', () => visits++)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  port = address !== null && typeof address === 'object' ? address.port : 0
})
afterAll(() => {
  delete process.env.HOSTILE_CANARY
  rmSync(canaryFile)
  server.close()
  for (const { sandbox, end } of places) {
    sandbox.close()
    end?.()
  }
  if (!('reason' in image)) image.close()
})

const js = (code: string, timeoutMs = 20_000): RunRequest => ({ language: 'javascript', code, timeoutMs })
const python = (code: string, timeoutMs = 20_000): RunRequest => ({ language: 'python', code, timeoutMs })

type Attempt = {
  readonly name: string
  readonly needs?: (capabilities: Capabilities) => boolean
  readonly request: () => RunRequest
  /** The statuses that are true for it. */
  readonly ends: readonly string[]
}

const isProcess = ({ processes }: Capabilities) => processes

const attempts: readonly Attempt[] = [
  { name: 'a loop', request: () => js('for (;;) {}', 1_500), ends: ['timed-out'] },
  { name: 'a loop of promises', request: () => js('for (;;) await null', 1_500), ends: ['timed-out'] },
  {
    name: 'a flood of words',
    request: () => js(`for (;;) console.log('x'.repeat(1_000))`),
    ends: ['output-limit'],
  },
  {
    name: 'a fork bomb',
    needs: isProcess,
    request: () => python('import os\nwhile True:\n    try: os.fork()\n    except OSError: pass', 2_000),
    ends: ['timed-out', 'out-of-memory', 'crashed', 'exited'],
  },
  {
    name: 'a memory bomb',
    needs: ({ memoryLimit }) => memoryLimit,
    request: () => js('const kept = []; for (;;) kept.push(new Uint8Array(4_000_000).fill(1))'),
    ends: ['out-of-memory'],
  },
  {
    name: 'a full disk',
    needs: isProcess,
    request: () =>
      python(`for path in ['/tmp/big', '/home/sandbox/big']:
    try:
        with open(path, 'wb') as f:
            while True: f.write(b'x' * 1_000_000)
    except OSError as error: print(error)
raise SystemExit(7)`),
    ends: ['exited', 'out-of-memory'],
  },
]

const lookAround = () => `const found = []
try {
  const fs = await import('node:fs')
  const paths = [${JSON.stringify(canaryFile)}, '/etc/shadow', '/proc/1/environ', '/proc/self/environ', '/proc/self/root${canaryFile}']
  for (const path of paths) try { found.push(fs.readFileSync(path, 'utf8')) } catch {}
  for (const path of ['/root', '/tmp', '/var', '/home', '/home/sandbox']) try { found.push(fs.readdirSync(path).join(' ')) } catch {}
} catch {}
try { found.push(JSON.stringify((await import('node:process')).default.env)) } catch {}
try { found.push(String(Object.keys(globalThis.process.env))) } catch {}
console.log(found.join('\\n'))`

const callOut =
  () => `for (const url of ['http://127.0.0.1:${port}/', 'http://localhost:${port}/', 'http://169.254.169.254/latest/meta-data/', 'http://[::1]:${port}/']) {
  try { await fetch(url); console.log('reached') } catch (error) { console.log(error.name) }
}`

/** What goes for a page has other doors here, and is tried below by those. */
const sharedTargets: readonly Target[] = ['time', 'memory', 'processes']
const ownWalls = places.filter(({ end }) => end === undefined)

describe.each(ownWalls)('$name stands the attacks of the one suite', { timeout: 40_000 }, ({ sandbox }) => {
  const canaries = () => ({ url: `http://127.0.0.1:${port}/`, app: `http://127.0.0.1:${port}/`, secret: canary })
  test.each(hostileCases(sandbox.capabilities, sharedTargets))('$name', async ({ run }) => {
    await inSessionOf(sandbox, (session) => run(session, canaries()))
  })
})

describe.each(places)('hostile programs in $name', { timeout: 40_000 }, ({ sandbox }) => {
  const fitting = attempts.filter(({ needs }) => needs === undefined || needs(sandbox.capabilities))

  test.each(fitting)('$name ends as what it is, and the next program runs', async ({ request, ends }) => {
    await inSessionOf(sandbox, async (session) => {
      const { kind } = await session.run(request())
      expect(ends).toContain(kind)
      expect((await heardIn(session, js('console.log(1 + 1)'))).text).toBe('2\n')
    })
  })

  test('nothing outside is seen: no file, no environment, no canary', async () => {
    const { result, text } = await inSessionOf(sandbox, (session) => heardIn(session, js(lookAround())))
    expect(result.kind).toBe('completed')
    expect(text).not.toContain(canary)
    expect(text).not.toContain('HOSTILE_CANARY')
    expect(text).not.toContain('root:')
  })

  test('nobody is reached: neither this machine, nor the cloud’s metadata', async () => {
    const before = visits
    const { text } = await inSessionOf(sandbox, (session) => heardIn(session, js(callOut())))
    expect(text).not.toContain('reached')
    expect(text.trim().split('\n')).toHaveLength(4)
    expect(visits).toBe(before)
  })

  test('a session beside it is not seen', async () => {
    await inSessionOf(sandbox, async (one) => {
      one.files.write('mine.txt', canary)
      const other = await bootOf(sandbox)
      const spinning = one.run(js(`console.log(1); for (;;) {}`))
      const { text } = await heardIn(other, js(lookAround()))
      expect(text).not.toContain(canary)
      expect(text).not.toContain('mine.txt')
      other.dispose()
      one.kill()
      expect((await spinning).kind).toBe('stopped')
    })
  })
})
