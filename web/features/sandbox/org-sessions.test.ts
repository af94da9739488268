import { expect, onTestFinished, test, vi } from 'vitest'
import type { Choice } from '#sandbox/browser/choose.ts'
import { createRuns } from '#sandbox/browser/runs.ts'
import { createFileStore, type FileStore } from '#sandbox/file-store.ts'
import { defaultLimits, type Sandbox, type Program as Shell } from '#sandbox/sandbox.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import { type Program, snippet } from './program.ts'
import { createRunner, stateIn } from './runner.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [here, there] = [OrgId.parse(uuid(1)), OrgId.parse(uuid(2))]

test('a run takes away what earlier runs brought and left, and nothing the terminal made or changed', async () => {
  const { runner, run, terminal, paths } = openRunner()
  await run(writing({ 'out/old.txt': 'left' }, { 'data.csv': '1', 'notes.md': 'as it was' }))
  await terminal({ 'package.json': '{}', 'src/index.js': '1', 'notes.md': 'by hand' })
  await run(writing({}))
  expect(paths()).toEqual(['notes.md', 'package.json', 'src/index.js'])
  expect(runner.getState().lastRun).toMatchObject({ written: [], removed: [] })
})

test('what the terminal made is not written over: the run says so and does not begin', async () => {
  const { runner, run, terminal, text } = openRunner()
  await terminal({ 'package.json': '{ "made": "there" }' })
  await run(writing({ 'ran.txt': 'it ran' }, { 'package.json': '{}' }))
  expect(runner.getState().lastRun?.result).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('The terminal has made package.json otherwise than this program brings it'),
  })
  expect([text('package.json'), text('ran.txt')]).toEqual(['{ "made": "there" }', undefined])
})

test('what the terminal made is told without a run, and to its own org alone', async () => {
  const { runner, run, terminal } = openRunner()
  await terminal({ 'src/index.js': '1' })
  const made = [{ path: 'src/index.js', text: '1', bytes: 1, before: null }]
  expect(stateIn(here, runner.getState()).madeBeside).toEqual(made)
  expect(stateIn(there, runner.getState()).madeBeside).toEqual([])
  await run(writing({}, { 'notes.md': 'brought' }))
  await terminal({ 'notes.md': 'by hand' })
  const changed = { path: 'notes.md', text: 'by hand', bytes: 7, before: 'brought' }
  expect(stateIn(here, runner.getState()).madeBeside).toEqual([changed, ...made])
})

test('another org begins in a session of its own, when that of the first and what it shared have ended', async () => {
  const { runner, run, told, paths } = openRunner()
  await run(writing({ 'of-here.txt': 'ours' }))
  await runner.warm(there, 'javascript')
  expect(told).toEqual(['boot', 'dispose', 'close', 'boot'])
  expect(paths()).toEqual([])
  expect(stateIn(there, runner.getState())).toMatchObject({ heldBy: there, madeBeside: [], servers: [] })
  await runner.warm(here, 'javascript')
  expect(told.slice(4)).toEqual(['dispose', 'close', 'boot'])
  expect(stateIn(here, runner.getState())).toMatchObject({ madeBeside: [], lastRun: { result: { kind: 'completed' } } })
})

test('what the terminal of one org made and nobody saved is ended by no look and no run of another, which is told why', async () => {
  const { runner, terminal, remove, told } = openRunner()
  await terminal({ 'package.json': '{}', 'index.js': '1' })
  await runner.warm(there, 'javascript')
  await runner.run(there, writing({}))
  const reason = expect.stringMatching(/Harbour still has index\.js and 1 more that nobody saved/)
  expect(stateIn(there, runner.getState())).toMatchObject({
    progress: { phase: 'ended', result: { kind: 'unavailable', reason } },
    ...{ lastRun: null, heldBy: here, sandbox: { phase: 'ready' } },
  })
  expect(await runner.programs(there, 'javascript')).toEqual({ state: 'elsewhere', reason })
  expect(told).toEqual(['boot'])
  runner.noteSaved(here, 'index.js', '1')
  remove('package.json')
  await runner.run(there, writing({}))
  expect(runner.getState().lastRun?.result).toMatchObject({ kind: 'completed' })
  expect(told).toEqual(['boot', 'dispose', 'close', 'boot'])
})

test('a program that goes on in the terminal of one org is ended by no run of another, until it has ended', async () => {
  const { runner, terminal, endShell, told } = openRunner({ staysOpen: true })
  await terminal({})
  await runner.warm(there, 'javascript')
  const reason = expect.stringContaining('Harbour still has a program that runs')
  expect(await runner.programs(there, 'javascript')).toEqual({ state: 'elsewhere', reason })
  expect(told).toEqual(['boot'])
  await endShell()
  expect(await runner.programs(there, 'javascript')).toMatchObject({ state: 'ready' })
})

test('sessions that could not be ended once fail the begin that waited for it, and are ended at the next', async () => {
  const { runner, run, told } = openRunner({ failsToClose: 1 })
  await run(writing({}))
  await runner.warm(there, 'javascript')
  expect(runner.getState().sandbox).toMatchObject({ phase: 'unavailable', reason: 'It did not close.' })
  await runner.warm(there, 'javascript')
  expect(runner.getState().sandbox).toMatchObject({ phase: 'ready' })
  expect(told).toEqual(['boot', 'dispose', 'close', 'close', 'boot'])
})

test('a file of the terminal that the workspace has too is from then on brought as the workspace has it', async () => {
  const { runner, run, terminal, text } = openRunner()
  await terminal({ 'brought.js': '1', 'saved.js': '1' })
  await run(writing({}, { 'brought.js': '1' }))
  runner.noteSaved(here, 'saved.js', '1')
  await run(writing({}, { 'brought.js': '2', 'saved.js': '2' }))
  expect(runner.getState().lastRun?.result).toMatchObject({ kind: 'completed' })
  expect([text('brought.js'), text('saved.js')]).toEqual(['2', '2'])
})

test('what the terminal made larger than there is room for is told, and not written over', async () => {
  const { runner, run, terminal, text, told } = openRunner()
  await run(writing({}, { 'data.csv': '1' }))
  await terminal({}, ['data.csv', 'video.mp4'])
  expect(stateIn(here, runner.getState()).noRoom).toEqual(['data.csv', 'video.mp4'])
  expect(stateIn(there, runner.getState()).noRoom).toEqual([])
  await run(writing({}, { 'data.csv': '2' }))
  expect(runner.getState().lastRun?.result).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('The terminal has made data.csv larger than there is room for here'),
  })
  expect(text('data.csv')).toBe('1')
  await runner.warm(there, 'javascript')
  await runner.run(there, writing({}))
  expect(told).toEqual(['boot'])
})

test('a run that goes on in one org is not ended by a look at another: no shell opens there until it has', async () => {
  const { runner, run, told } = openRunner()
  const running = run(endless)
  await vi.waitFor(() => expect(told).toEqual(['boot', 'run']))
  expect(await runner.programs(there, 'javascript')).toMatchObject({ state: 'elsewhere' })
  await runner.warm(there, 'javascript')
  expect(told).toEqual(['boot', 'run'])
  runner.stop()
  await running
  expect(await runner.programs(there, 'javascript')).toMatchObject({ state: 'ready' })
  expect(told.slice(2)).toEqual(['dispose', 'close', 'boot'])
})

const endless = snippet('javascript', 'endless')

/** A program that leaves these files beside those it brings. */
function writing(leaves: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): Program {
  return { ...snippet('javascript', JSON.stringify(leaves)), files }
}

/** A runner over a backend with a terminal, in which this test is what is typed. */
function openRunner({ staysOpen = false, failsToClose = 0 } = {}) {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  onTestFinished(() => void vi.unstubAllGlobals())
  const told: string[] = []
  let files = createFileStore(defaultLimits.fileBytes)
  let closes = 0
  let tooLarge: readonly string[] = []
  let changed: () => void = () => undefined
  const shellEnd = Promise.withResolvers<number>()
  if (!staysOpen) shellEnd.resolve(0)
  const sandbox: Sandbox = {
    name: 'here',
    capabilities: {
      languages: ['javascript'],
      ...{ multiFile: true, processes: true, memoryLimit: false, exactColumns: true, tellsRejections: true },
      ...{ network: true, terminal: true, preview: true, isolation: 'None: it is a test.' },
    },
    probe: async () => ({ state: 'available' }),
    async boot() {
      told.push('boot')
      files = createFileStore(defaultLimits.fileBytes)
      const session = sessionOver({ files, told, noRoom: () => tooLarge, shellEnd: shellEnd.promise })
      changed = session.change
      return { state: 'ready', session }
    },
    close() {
      told.push('close')
      closes += 1
      if (closes <= failsToClose) throw new Error('It did not close.')
    },
  }
  const choice: Choice = { state: 'chosen', backends: [{ sandbox, label: 'here' }], others: [] }
  const runner = createRunner(
    async () => choice,
    (orgId) => (orgId === here ? 'Harbour' : undefined),
  )
  return {
    ...{ runner, told },
    run: (program: Program) => runner.run(here, program),
    /** A shell is opened, and these files are made in it; these others are too large to be brought back. */
    async terminal(made: Readonly<Record<string, string>>, large: readonly string[] = []) {
      const found = await runner.programs(here, 'javascript')
      if (found.state !== 'ready') throw new Error(found.state)
      await found.programs.start('jsh', [])
      for (const [path, text] of Object.entries(made)) files.write(path, text)
      tooLarge = large
      changed()
    },
    remove: (path: string) => files.remove(path),
    async endShell() {
      shellEnd.resolve(0)
      await shellEnd.promise
    },
    paths: () => files.list(),
    text: (path: string) => {
      const bytes = files.read(path)
      return bytes && new TextDecoder().decode(bytes)
    },
  }
}

type Within = { files: FileStore; told: string[]; noRoom: () => readonly string[]; shellEnd: Promise<number> }

function sessionOver({ files, told, noRoom, shellEnd }: Within) {
  const listeners = new Set<() => void>()
  const limits = defaultLimits
  const runs = createRuns({
    ...{ limits, files, close: () => void told.push('dispose') },
    begin(run, { code }) {
      if (code === endless.code) return void told.push('run')
      const leaves: Readonly<Record<string, string>> = JSON.parse(code)
      for (const [path, text] of Object.entries(leaves)) files.write(path, text)
      run.end({ kind: 'completed', exitCode: 0, value: null })
    },
  })
  const shell: Shell = {
    onOutput: () => () => undefined,
    ...{ write: () => undefined, resize: () => undefined, end: () => undefined, exit: shellEnd },
  }
  const programs = {
    start: async () => shell,
    catchUp: async () => undefined,
    noRoom,
    onFiles(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const change = () => {
    for (const listener of listeners) listener()
  }
  return { ...runs.session, limits, files, programs, change, prepare: () => undefined }
}
