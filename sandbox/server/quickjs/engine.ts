import variant from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { createConsole } from '../../browser/inside/console.ts'
import { createFormat } from '../../browser/inside/format.ts'
import { createInspect } from '../../browser/inside/inspect.ts'
import { createModules } from './modules.ts'
import { outcomeOfThrown, type ThreadOutcome } from './outcome.ts'
import { prelude } from './prelude.ts'

export type EngineJob = { readonly entry: string; readonly files: ReadonlyMap<string, string> }

export type Hooks = {
  write(stream: 'stdout' | 'stderr', text: string): void
  /** Called again and again while the program runs; true ends it. */
  tick(): boolean
  /** Called before the program waits for a timer. */
  idle(): void
}

const page = 65_536

/** An engine whose memory cannot grow beyond the limit: WebAssembly itself refuses. */
export async function loadEngine(wasm: WebAssembly.Module, memoryBytes: number): Promise<QuickJSWASMModule> {
  const maximum = Math.max(256, Math.floor(memoryBytes / page))
  const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum })
  return await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory, wasmModule: wasm }))
}

/** Runs the entry and what it imports until nothing is left to do. What the program does wrong is in the outcome. */
export async function runProgram(
  engine: QuickJSWASMModule,
  { entry, files }: EngineJob,
  { write, tick, idle }: Hooks,
): Promise<ThreadOutcome> {
  const modules = createModules(files)
  const runtime = engine.newRuntime()
  runtime.setMaxStackSize(512 * 1024)
  runtime.setInterruptHandler(tick)
  runtime.setModuleLoader(
    (path) => modules.source(path),
    (importer, specifier) => modules.resolve(importer, specifier),
  )
  const vm = runtime.newContext()
  const inside = putPrelude(vm, write)
  const failed = (thrown: QuickJSHandle) => outcomeOfThrown(inside.describe(thrown), modules, files)

  try {
    const evaluated = vm.evalCode(modules.source(entry), entry, { type: 'module' })
    if (evaluated.error) return failed(evaluated.error)
    for (;;) {
      const jobs = runtime.executePendingJobs()
      if (jobs.error) return failed(jobs.error)
      const state = vm.getPromiseState(evaluated.value)
      if (state.type === 'rejected') return failed(state.error)
      const wait = inside.nextTimer()
      if (wait < 0)
        return state.type === 'pending' ? neverSettled : { kind: 'completed', value: inside.exported(state.value) }
      idle()
      await new Promise((resolve) => setTimeout(resolve, wait))
      const thrown = inside.runTimer()
      if (thrown) return failed(thrown)
    }
  } catch (error) {
    const problem = modules.problem()
    if (problem) return { kind: 'failed', phase: 'compile', error: problem }
    // The engine itself gave up: it could not get the memory it needed to say so.
    return { kind: 'out-of-memory', detail: error instanceof Error ? error.message : String(error) }
  }
}

const neverSettled: ThreadOutcome = {
  kind: 'failed',
  phase: 'run',
  error: {
    name: 'Error',
    message: 'The program waits for a promise that nothing will ever settle.',
    stack: '',
    at: null,
  },
}

/** The engine's side of the prelude, called through handles. */
function putPrelude(vm: QuickJSContext, write: Hooks['write']) {
  const host = vm.newObject()
  const said = vm.newFunction('write', (stream, text) => {
    write(vm.getString(stream) === 'stderr' ? 'stderr' : 'stdout', vm.getString(text))
  })
  const now = vm.newFunction('now', () => vm.newNumber(performance.now()))
  vm.setProp(host, 'write', said)
  vm.setProp(host, 'now', now)
  const make = vm.unwrapResult(vm.evalCode(preludeSource, 'prelude.js'))
  const inside = vm.unwrapResult(vm.callFunction(make, vm.undefined, vm.global, host))
  const of = (name: string) => vm.getProp(inside, name)
  const [nextTimer, runTimer, describe, show] = [of('nextTimer'), of('runTimer'), of('describe'), of('show')]

  return {
    nextTimer: () => vm.getNumber(vm.unwrapResult(vm.callFunction(nextTimer, vm.undefined))),
    runTimer: () => vm.callFunction(runTimer, vm.undefined).error,
    describe: (thrown: QuickJSHandle) => vm.getString(vm.unwrapResult(vm.callFunction(describe, vm.undefined, thrown))),
    exported(namespace: QuickJSHandle): string | null {
      const value = vm.getProp(namespace, 'default')
      const hasDefault = vm.typeof(value) !== 'undefined'
      return hasDefault ? vm.getString(vm.unwrapResult(vm.callFunction(show, vm.undefined, value))) : null
    },
  }
}

/** The functions travel as their own text; each refers to nothing but its arguments and the language's globals. */
const preludeSource = `'use strict';(scope, host) => (${prelude})(scope, { createConsole: ${createConsole}, createFormat: ${createFormat}, createInspect: ${createInspect} }, host)`
