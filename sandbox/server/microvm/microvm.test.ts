import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { contractCases, contractLimits } from '../../contract-suite.ts'
import { openImage } from '../testing/image.ts'
import { bootOf, inSessionOf } from '../testing/in-session.ts'
import { createMicroVm, type MicroVmSettings } from './microvm.ts'

const image = openImage()
if ('reason' in image) process.stdout.write(`skipped: microvm against a stand-in: ${image.reason}\n`)
else image.close()

const folder = mkdtempSync(join(tmpdir(), 'microvm-'))
afterAll(() => rmSync(folder, { recursive: true }))
const there = (name: string) => {
  const path = join(folder, name)
  writeFileSync(path, '')
  return path
}

const standIn: MicroVmSettings = {
  firecracker: [process.execPath, join(import.meta.dirname, '..', 'testing', 'firecracker-stand-in.process.ts')],
  ...{ kernel: there('vmlinux'), rootfs: there('rootfs.ext4'), kvm: there('kvm') },
}

const named = {
  firecracker: [process.env.DELEGRAPH_SANDBOX_FIRECRACKER ?? '/usr/local/bin/firecracker'] as const,
  kernel: process.env.DELEGRAPH_SANDBOX_KERNEL ?? '',
  rootfs: process.env.DELEGRAPH_SANDBOX_ROOTFS ?? '',
}
const live = createMicroVm(named, contractLimits)
const probe = await live.probe()
if (probe.state === 'unavailable') process.stdout.write(`skipped: microvm live: ${probe.reason}\n`)

describe.skipIf('reason' in image)('microvm, against a stand-in for the machine', { timeout: 30_000 }, () => {
  const sandbox = createMicroVm(standIn, contractLimits)
  afterAll(() => sandbox.close())

  test.each(contractCases(sandbox.capabilities).map((each) => [each.name, each] as const))('%s', async (_, each) => {
    await inSessionOf(sandbox, (session) => each.run(session, () => bootOf(sandbox)))
  })

  test('a machine that was ended leaves nothing', async () => {
    const all = () => readdirSync(tmpdir()).filter((name) => name.startsWith('delegraph-vm-'))
    // Another run that was killed may have left its own.
    const before = new Set(all())
    const machines = () => all().filter((name) => !before.has(name))
    await inSessionOf(sandbox, async (session) => {
      const running = session.run({ language: 'python', code: 'while True: pass' })
      while (machines().length === 0) await new Promise((next) => setImmediate(next))
      session.kill()
      expect(await running).toMatchObject({ kind: 'stopped' })
    })
    while (machines().length > 0) await new Promise((next) => setImmediate(next))
  })
})

describe.skipIf(probe.state === 'unavailable')('microvm, live', { timeout: 60_000 }, () => {
  test.each(contractCases(live.capabilities).map((each) => [each.name, each] as const))('%s', async (_, each) => {
    await inSessionOf(live, (session) => each.run(session, () => bootOf(live)))
  })
})

describe('what a machine needs is named, one after the other', () => {
  const without = (missing: Partial<MicroVmSettings>) => createMicroVm({ ...standIn, ...missing }).probe()

  test.each([
    ['virtualisation', { kvm: '/dev/no-kvm' }, 'offers no virtualisation'],
    ['the program', { firecracker: ['/no/firecracker'] as const }, 'Firecracker is not at /no/firecracker'],
    ['a kernel', { kernel: '' }, 'DELEGRAPH_SANDBOX_KERNEL'],
    ['a disk', { rootfs: '/no/rootfs' }, 'DELEGRAPH_SANDBOX_ROOTFS'],
  ])('%s', async (_, missing, words) => {
    expect(existsSync('/no')).toBe(false)
    expect(await without(missing)).toMatchObject({ state: 'unavailable', reason: expect.stringContaining(words) })
  })
})
