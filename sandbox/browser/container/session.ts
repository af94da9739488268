import type { Limits, RunOutcome, Session } from '../../sandbox.ts'
import type { Compiled, Compiler } from '../compile.ts'
import { createPositions, type Positions, type Surroundings } from '../positions.ts'
import { type CurrentRun, createRuns, type Source, startClock } from '../runs.ts'
import { createFolder } from './folder.ts'
import { frameReader, type Over } from './frames.ts'
import { createPrograms } from './programs.ts'
import { runnerFolder, runnerScript } from './runner-script.ts'
import type { ContainerProcess, ContainerRuntime } from './runtime.ts'
import type { RunServers } from './whose-servers.ts'

type Given = { readonly root: string; readonly limits: Limits; readonly compiler: Compiler }

/** A folder of its own in the container, and for each run a new process of its Node. */
export function createContainerSession(runtime: ContainerRuntime, { root, limits, compiler }: Given): Session {
  const folder = createFolder(runtime.fs, root, limits.fileBytes)
  const programs = createPrograms(runtime, root, folder)
  const runs = createRuns({
    limits,
    files: folder.files,
    begin(run, request, source) {
      void start(run, source, request.stdin ?? '').catch((error: unknown) => {
        run.end({ kind: 'crashed', reason: `The container failed: ${wordsOf(error)}` })
      })
    },
    close() {
      programs.close()
      compiler.dispose()
      void folder.remove().catch(() => undefined)
    },
  })

  async function start(run: CurrentRun, source: Source, stdin: string): Promise<void> {
    const compiled = await compiler.compile(source.entry, source.files)
    if (runs.current() !== run) return
    if (compiled.kind !== 'compiled') return run.end(refusal(compiled))
    const missing = await folder.settled()
    if (runs.current() !== run) return
    if (missing !== null) return run.end({ kind: 'unavailable', reason: missing })
    const word = crypto.randomUUID()
    await folder.place(`${runnerFolder}/run.mjs`, runnerScript)
    await folder.place(`${runnerFolder}/main.mjs`, compiled.code)
    await folder.place(`${runnerFolder}/stdin`, stdin)
    if (runs.current() !== run) return
    const process = await runtime.spawn('node', [`${runnerFolder}/run.mjs`], {
      cwd: root,
      env: { DELEGRAPH_RUN: word },
    })
    if (runs.current() !== run) return process.kill()
    run.onEnd(() => process.kill())
    // A server of its own has all the time in the world: whoever looks at it ends it.
    const servers = programs.servers.runBegins(startClock(run))
    run.onEnd(servers.end)
    await hear({ run, process, servers, word, positions: createPositions(source.entry, compiled.map, container) })
  }

  async function hear({ run, process, servers, word, positions }: Heard): Promise<void> {
    const frames = frameReader(word)
    const room = createRoom(limits.outputBytes)
    const reading = process.output.pipeTo(
      new WritableStream({
        write(text) {
          for (const chunk of frames.read(text)) {
            if (runs.current() !== run) return
            const kept = room.take(positions.inText(chunk.text))
            if (kept !== '') runs.tell({ ...chunk, text: kept })
            if (room.isFull()) run.end({ kind: 'output-limit', limitBytes: limits.outputBytes })
          }
          for (const port of frames.ports()) servers.listens(port)
        },
      }),
    )
    const exitCode = await process.exit
    await reading.catch(() => undefined)
    if (runs.current() !== run) return
    const { noRoom } = await folder.pull()
    if (noRoom.length > 0) run.meet('files')
    run.end(outcomeOf(frames.over(), exitCode, positions))
  }

  return {
    ...runs.session,
    limits,
    files: folder.files,
    programs: programs.port,
    onServers: programs.servers.hear,
    prepare: () => compiler.warm(),
  }
}

type Heard = {
  readonly run: CurrentRun
  readonly process: ContainerProcess
  readonly servers: RunServers
  readonly word: string
  readonly positions: Positions
}

/** The compiled snippet as Node names it. Node has what a worker lacks, so nothing needs to be explained. */
const container: Surroundings = {
  place: /(?:file:\/\/)?[^\s()]*\.delegraph\/(main)\.mjs(?::(\d+):(\d+))?/g,
  headLines: { main: 0 },
  absent: {},
}

function outcomeOf(over: Over | null, exitCode: number, positions: Positions): RunOutcome {
  if (over?.error) {
    const { name, message, stack } = over.error
    return { kind: 'failed', phase: 'run', error: positions.error(name, message, ownFrames(stack)) }
  }
  if (over && over.code === 0) return { kind: 'completed', exitCode: 0, value: over.value }
  if (over) return { kind: 'exited', exitCode: over.code }
  return { kind: 'crashed', reason: `Node ended by itself with code ${exitCode}.` }
}

/** Without Node's frames and the runner's. */
function ownFrames(stack: string): string {
  const isOurs = (line: string) => line.includes('node:internal') || line.includes(`${runnerFolder}/run.mjs`)
  return stack
    .split('\n')
    .filter((line) => !isOurs(line))
    .join('\n')
}

/** Counts output in bytes and cuts it where the limit is. */
function createRoom(limitBytes: number): { take(text: string): string; isFull(): boolean } {
  let left = limitBytes
  return {
    isFull: () => left < 0,
    take(text) {
      if (left <= 0) return ''
      const bytes = new TextEncoder().encode(text)
      const kept = bytes.length <= left ? text : new TextDecoder().decode(bytes.subarray(0, left), { stream: true })
      left -= bytes.length
      return kept
    },
  }
}

function refusal(compiled: Exclude<Compiled, { kind: 'compiled' }>): RunOutcome {
  return compiled.kind === 'failed' ? { kind: 'failed', phase: 'compile', error: compiled.error } : compiled
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
