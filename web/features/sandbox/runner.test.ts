import { expect, onTestFinished, test, vi } from 'vitest'
import type { Choice } from '#sandbox/browser/choose.ts'
import { type CurrentRun, createRuns, type Runs } from '#sandbox/browser/runs.ts'
import { createFileStore } from '#sandbox/file-store.ts'
import { defaultLimits, type Sandbox, type Server } from '#sandbox/sandbox.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import { snippet } from './program.ts'
import { createRunner, type EndedRun, isServing, pageRunner, type RunnerState, stateIn } from './runner.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [here, there] = [OrgId.parse(uuid(1)), OrgId.parse(uuid(2))]

test('what a program of one org printed is not seen in another, only that it still runs', () => {
  const running: RunnerState = {
    ...pageRunner.getState(),
    ...{ orgId: here, heldBy: here },
    progress: { phase: 'running', startedAt: 1 },
    output: [{ stream: 'stdout', text: 'ours' }],
  }
  expect(stateIn(here, running)).toBe(running)
  expect(stateIn(there, running)).toMatchObject({ progress: running.progress, output: [], lastRun: null, servers: [] })
  const result = { kind: 'unavailable', reason: 'none', durationMs: 1 } as const
  expect(stateIn(there, { ...running, progress: { phase: 'ended', result } }).progress).toEqual({ phase: 'idle' })
})

/** A sandbox whose code is this test: it says what it prints, and when it ends. */
function ownSandbox() {
  const begun = Promise.withResolvers<CurrentRun>()
  const limits = defaultLimits
  const files = createFileStore(limits.fileBytes)
  const runs: Runs = createRuns({ limits, files, begin: (run) => begun.resolve(run), close: () => undefined })
  const session = { ...runs.session, limits, files, prepare: () => undefined }
  const capabilities: Sandbox['capabilities'] = {
    languages: ['python'],
    ...{ multiFile: true, processes: false, memoryLimit: false, exactColumns: true },
    ...{ tellsRejections: true, network: false, terminal: false, preview: false, isolation: 'None: it is a test.' },
  }
  const sandbox: Sandbox = {
    ...{ name: 'here', capabilities },
    probe: async () => ({ state: 'available' }),
    boot: async () => ({ state: 'ready', session }),
  }
  const choice: Choice = { state: 'chosen', backends: [{ sandbox, label: 'here' }], others: [] }
  return { choice, begun: begun.promise, print: (text: string) => runs.tell({ stream: 'stdout', text }) }
}

/** What a browser has and this test has not: here the screen is drawn when it is asked for. */
function drawAtOnce(): void {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  onTestFinished(() => void vi.unstubAllGlobals())
}

test('stopped while its sandbox still starts, a run ends at once and never begins', async () => {
  drawAtOnce()
  const { choice, begun, print } = ownSandbox()
  const found = Promise.withResolvers<Choice>()
  const runner = createRunner(() => found.promise)
  const kept: EndedRun[] = []
  const first = runner.run(here, snippet('python', 'first'), (run) => kept.push(run))
  runner.stop()
  await first
  expect(runner.getState()).toMatchObject({ progress: { phase: 'ended', result: { kind: 'stopped' } }, lastRun: null })

  found.resolve(choice)
  const second = runner.run(here, snippet('python', 'second'), (run) => kept.push(run))
  const run = await begun
  print('hello')
  runner.stop()
  await second
  expect(run.number).toBe(1)
  expect(kept).toMatchObject([
    { program: { code: 'second' }, result: { kind: 'stopped' }, output: [{ text: 'hello' }] },
  ])
})

test('output cleared while a run goes on is not shown, and is known of the run all the same', async () => {
  drawAtOnce()
  const { choice, begun, print } = ownSandbox()
  const runner = createRunner(async () => choice)
  const running = runner.run(here, snippet('python', 'print("…")'))
  const run = await begun
  print('shown, ')
  await vi.waitFor(() => expect(runner.getState().output).toHaveLength(1))
  print('not drawn yet, ')
  runner.clear()
  expect(runner.getState().output).toEqual([])
  print('after')
  run.end({ kind: 'completed', exitCode: 0, value: null })
  await running
  const { output, lastRun } = runner.getState()
  expect(output).toEqual([{ stream: 'stdout', text: 'after' }])
  expect(lastRun?.output).toEqual([{ stream: 'stdout', text: 'shown, not drawn yet, after' }])
})

test('another backend that is found while a run goes on does not disturb it', async () => {
  drawAtOnce()
  const [own, found] = [ownSandbox(), ownSandbox()]
  let change: (choice: Choice) => void = () => undefined
  const runner = createRunner(async (onChange) => {
    change = onChange
    return own.choice
  })
  const running = runner.run(here, snippet('python', 'print("…")'))
  const run = await own.begun
  change(found.choice)
  own.print('goes on')
  run.end({ kind: 'completed', exitCode: 0, value: null })
  await running
  expect(runner.getState()).toMatchObject({
    sandbox: { phase: 'ready', choice: found.choice },
    lastRun: { result: { kind: 'completed' }, output: [{ text: 'goes on' }] },
  })
})

test('what a program in the terminal serves is not what the run serves', () => {
  const [beside, own] = [serverAt(3000, false), serverAt(3001, true)]
  const progress = { phase: 'running', startedAt: 1 } as const
  expect(isServing({ progress, servers: [beside] })).toBe(false)
  expect(isServing({ progress, servers: [own, beside] })).toBe(true)
  expect(isServing({ progress: { phase: 'idle' }, servers: [own] })).toBe(false)
})

function serverAt(port: number, isOfRun: boolean): Server {
  return { port, url: `http://127.0.0.1:${port}`, isOfRun }
}

test('a sandbox that cannot be found says why, runs nothing and is looked for again', async () => {
  let looks = 0
  const runner = createRunner(async () => {
    looks++
    throw new Error('the settings did not come')
  })
  await runner.run(here, snippet('python', 'print(1)'))
  expect(runner.getState()).toMatchObject({
    progress: { phase: 'idle' },
    sandbox: { phase: 'unavailable', reason: 'the settings did not come' },
  })
  await runner.warm(here, 'python')
  expect(looks).toBe(2)
})
