import { afterEach, expect, test } from 'vitest'
import { chooseServerSandbox, closeServerSandbox, listServerSandboxes } from './choose.ts'
import { backendNames, serverSettings } from './settings.ts'

afterEach(closeServerSandbox)

test('every place is listed, with why it can be used or how to get it', async () => {
  const reports = await listServerSandboxes({})
  expect(reports.map(({ name }) => name)).toEqual([...backendNames])
  expect(reports.find(({ name }) => name === 'quickjs')).toMatchObject({ isUsable: true })
  for (const name of ['docker', 'e2b', 'microvm'])
    expect(reports.find((each) => each.name === name)).toMatchObject({
      isUsable: false,
      words: expect.stringMatching(/DELEGRAPH_SANDBOX|KVM|kvm/),
    })
  expect(reports.filter(({ isChosen }) => isChosen)).toHaveLength(1)
})

test('a place that was named and cannot be used is never replaced by another', async () => {
  const settings = serverSettings({
    ...{
      DELEGRAPH_SANDBOX: 'docker',
      DELEGRAPH_SANDBOX_DOCKER: 'http://127.0.0.1:1',
      DELEGRAPH_SANDBOX_DOCKER_IMAGE: 'x',
    },
  })
  expect(await chooseServerSandbox({ language: 'javascript' }, settings)).toMatchObject({
    state: 'none',
    reason: expect.stringMatching(/^docker was named for this server\. The Docker engine does not answer/),
  })
})

test('the engine that only computes takes no job that needs more, and says what', async () => {
  const settings = { named: 'quickjs' } as const
  expect(await chooseServerSandbox({ language: 'typescript' }, settings)).toMatchObject({ state: 'chosen' })
  for (const [needs, words] of [
    [{ language: 'python' }, 'does not run python'],
    [{ process: true }, 'only computes'],
    [{ project: true }, 'runs no whole projects'],
    [{ network: true }, 'has no network to give'],
  ] as const)
    expect(await chooseServerSandbox(needs, settings)).toMatchObject({
      state: 'none',
      reason: expect.stringContaining(words),
    })
})

test('settings are read from the environment; a place that is none is refused by name', () => {
  expect(serverSettings({})).toEqual({})
  expect(
    serverSettings({ DELEGRAPH_SANDBOX_DOCKER: 'unix:///run/d.sock', DELEGRAPH_SANDBOX_DOCKER_IMAGE: 'i' }),
  ).toEqual({
    docker: { endpoint: { socketPath: '/run/d.sock' }, image: 'i', runtime: 'runsc' },
  })
  expect(serverSettings({ DELEGRAPH_SANDBOX_E2B: 't', E2B_API_KEY: 'k' }).e2b).toMatchObject({
    apiUrl: 'https://api.e2b.app',
  })
  expect(serverSettings({ DELEGRAPH_SANDBOX_KERNEL: '/k' }).microVm).toMatchObject({ kernel: '/k', rootfs: '' })
  expect(() => serverSettings({ DELEGRAPH_SANDBOX: 'chroot' })).toThrow('chroot')
})
