import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, describe, expect, test } from 'vitest'
import { contractCases, contractLimits } from '../../contract-suite.ts'
import { startDockerStandIn } from '../testing/docker-stand-in.ts'
import { openImage } from '../testing/image.ts'
import { bootOf, inSessionOf } from '../testing/in-session.ts'
import { createDocker } from './docker.ts'
import { callEngine, readEndpoint } from './engine-api.ts'
import { findLeftOvers, removeLeftOvers } from './left-overs.ts'

const image = openImage()
if ('reason' in image) process.stdout.write(`skipped: docker against a stand-in: ${image.reason}\n`)
process.stdout.write('skipped: docker live: this machine has no engine with runsc; its API is met by a stand-in\n')

describe.skipIf('reason' in image)('docker, against a stand-in for the engine', { timeout: 20_000 }, async () => {
  if ('reason' in image) return
  const engine = await startDockerStandIn(image)
  const endpoint = { host: '127.0.0.1', port: engine.port }
  const sandbox = createDocker({ endpoint, image: 'sandbox-image', runtime: 'runsc' }, contractLimits)
  afterAll(() => {
    sandbox.close()
    engine.close()
    image.close()
  })

  test.each(contractCases(sandbox.capabilities).map((each) => [each.name, each] as const))('%s', async (_, each) => {
    await inSessionOf(sandbox, (session) => each.run(session, () => bootOf(sandbox)))
  })

  test('asks for a container without network, rights or swap, under the limits, by the runtime that was named', async () => {
    await inSessionOf(sandbox, (session) => session.run({ language: 'python', code: 'print(1)' }))
    expect(engine.created.at(-1)).toMatchObject({
      Image: 'sandbox-image',
      User: '65534:65534',
      NetworkDisabled: true,
      HostConfig: {
        ...{ Runtime: 'runsc', NetworkMode: 'none', CapDrop: ['ALL'], PidsLimit: contractLimits.processCount },
        ...{ Memory: contractLimits.memoryBytes, MemorySwap: contractLimits.memoryBytes },
        SecurityOpt: ['no-new-privileges:true'],
      },
    })
  })

  test('a session that ended leaves no container', async () => {
    const session = await bootOf(sandbox)
    const running = session.run({ language: 'python', code: 'while True: pass' })
    while (engine.containers() === 0) await new Promise((next) => setImmediate(next))
    session.dispose()
    expect(await running).toMatchObject({ kind: 'stopped' })
    while (engine.containers() > 0) await new Promise((next) => setImmediate(next))
  })

  const waiting = { language: 'python', code: 'import time\ntime.sleep(600)' } as const

  test('what a server that was killed left running is removed at the next start, and nothing that runs for one that lives', async () => {
    const code = `const { createDocker } = await import('${new URL('./docker.ts', import.meta.url).href}')
const booted = await createDocker(${JSON.stringify({ endpoint, image: 'sandbox-image', runtime: 'runsc' })}, { timeMs: 300_000 }).boot()
await booted.session.run(${JSON.stringify(waiting)})`
    const server = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' })
    while (engine.containers() < 1) await new Promise((next) => setImmediate(next))
    expect(await findLeftOvers(endpoint)).toEqual([])
    server.kill('SIGKILL')
    await once(server, 'exit')
    const session = await bootOf(sandbox)
    const living = session.run(waiting)
    while (engine.containers() < 2) await new Promise((next) => setImmediate(next))
    expect(await removeLeftOvers(endpoint)).toBe(1)
    expect(engine.containers()).toBe(1)
    expect(await removeLeftOvers(endpoint)).toBe(0)
    session.dispose()
    expect(await living).toMatchObject({ kind: 'stopped' })
    while (engine.containers() > 0) await new Promise((next) => setImmediate(next))
  })

  test('of servers on other machines only what is older than any run is removed; what is not ours never', async () => {
    const HostConfig = { Memory: 1, PidsLimit: 1, Tmpfs: {} }
    const make = (Labels: Record<string, string>) =>
      callEngine(endpoint, {
        ...{ method: 'POST', path: '/containers/create' },
        json: { Image: 'sandbox-image', Cmd: ['true'], Env: [], HostConfig, Labels },
      })
    await make({ 'delegraph.sandbox': 'run', 'delegraph.instance': 'elsewhere/boot/pid 1 1' })
    await make({ 'delegraph.sandbox': 'run' })
    await make({ 'delegraph.instance': 'elsewhere/boot/pid 1 1' })
    expect(await removeLeftOvers(endpoint)).toBe(0)
    engine.age(3_700)
    expect(await removeLeftOvers(endpoint)).toBe(2)
    expect(engine.containers()).toBe(1)
  })

  test('a project runs by its command', async () => {
    await inSessionOf(sandbox, async (session) => {
      session.files.write('main.js', `require('node:fs').writeFileSync('out.txt', 'made')`)
      expect(await session.runCommand?.({ command: 'node main.js' })).toMatchObject({ kind: 'completed' })
      expect(session.files.list()).toEqual(['main.js', 'out.txt'])
    })
  })

  test('without the runtime that was named it is unusable, says why, and takes no other', async () => {
    const plain = await startDockerStandIn(image, ['runc'])
    const with_ = (runtime: string) =>
      createDocker({ endpoint: { host: '127.0.0.1', port: plain.port }, image: 'sandbox-image', runtime })
    expect(await with_('runsc').probe()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('does not have the runtime runsc (it has runc)'),
    })
    expect(await with_('runsc').boot()).toMatchObject({ state: 'unavailable' })
    expect(await with_('runc').probe()).toEqual({ state: 'available' })
    expect(plain.created).toEqual([])
    plain.close()
  })

  test('an image that is not there and an engine that does not answer are told apart', async () => {
    const other = createDocker({ endpoint, image: 'not-there', runtime: 'runsc' })
    expect(await other.probe()).toMatchObject({ reason: expect.stringContaining('docker pull not-there') })
    const nobody = createDocker({ endpoint: { host: '127.0.0.1', port: 1 }, image: 'x', runtime: 'runsc' })
    expect(await nobody.probe()).toMatchObject({ reason: expect.stringContaining('does not answer') })
  })
})

test('an endpoint is a socket or an address', () => {
  expect(readEndpoint('unix:///var/run/docker.sock')).toEqual({ socketPath: '/var/run/docker.sock' })
  expect(readEndpoint('http://127.0.0.1:2375')).toEqual({ host: '127.0.0.1', port: 2375 })
  expect(readEndpoint('ssh://host')).toBeUndefined()
})
