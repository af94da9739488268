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
  const { runner, run, terminal, told, paths } = openRunner()
  await run(writing({ 'of-here.txt': 'ours' }))
  await terminal({ 'package.json': '{}' })
  await runner.warm(there, 'javascript')
  expect(told).toEqual(['boot', 'dispose', 'close', 'boot'])
  expect(paths()).toEqual([])
  expect(stateIn(there, runner.getState())).toMatchObject({ heldBy: there, madeBeside: [], servers: [] })
  await runner.warm(here, 'javascript')
  expect(told.slice(4)).toEqual(['dispose', 'close', 'boot'])
  expect(stateIn(here, runner.getState())).toMatchObject({ madeBeside: [], lastRun: { result: { kind: 'completed' } } })
})

test('a run that goes on in one org is not ended by a look at another: no shell opens there until it has', async () => {
  const { runner, run, told } = openRunner()
  const running = run(endless)
  await vi.waitFor(() => expect(told).toEqual(['boot', 'run']))
  expect(await runner.programs(there, 'javascript')).toEqual({ state: 'elsewhere' })
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
function openRunner() {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  onTestFinished(() => void vi.unstubAllGlobals())
  const told: string[] = []
  let files = createFileStore(defaultLimits.fileBytes)
  let changed: () => void = () => undefined
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
      const session = sessionOver(files, told)
      changed = session.change
      return { state: 'ready', session }
    },
    close: () => void told.push('close'),
  }
  const choice: Choice = { state: 'chosen', backends: [{ sandbox, label: 'here' }], others: [] }
  const runner = createRunner(async () => choice)
  return {
    ...{ runner, told },
    run: (program: Program) => runner.run(here, program),
    /** A shell is opened, and these files are made in it. */
    async terminal(made: Readonly<Record<string, string>>) {
      const found = await runner.programs(here, 'javascript')
      if (found.state !== 'ready') throw new Error(found.state)
      await found.programs.start('jsh', [])
      for (const [path, text] of Object.entries(made)) files.write(path, text)
      changed()
    },
    paths: () => files.list(),
    text: (path: string) => {
      const bytes = files.read(path)
      return bytes && new TextDecoder().decode(bytes)
    },
  }
}

function sessionOver(files: FileStore, told: string[]) {
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
    ...{ write: () => undefined, resize: () => undefined, end: () => undefined, exit: Promise.resolve(0) },
  }
  const programs = {
    start: async () => shell,
    catchUp: async () => undefined,
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
