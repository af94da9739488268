import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..')
const readyWithinMs = 30_000
const wordsKept = 40

/** A process that is killed and started again, as often as it takes. */
export type Victim = {
  readonly name: string
  kill(): Promise<void>
  /** Comes back up to the line that says it is ready. It may need the database for that, so it may take several starts. */
  revive(): Promise<void>
  stop(): Promise<void>
  /** What it complained about last. */
  lastWords(): readonly string[]
}

const program = join(root, 'api', 'cli', 'main.ts')

/** `delegraph start`, the whole product in one process. */
export function serverVictim(dataDir: string): Victim {
  return victim('server', [program, 'start', '--json', '--no-open', '--port', '0', '--data-dir', dataDir])
}

/** `delegraph worker`, beside it. */
export function nodeVictim(dataDir: string): Victim {
  return victim('node', [program, 'worker', '--json', '--data-dir', dataDir])
}

/** A worker in a process of its own, with tools that leave evidence in the file. */
export function workerVictim(number: number, appUrl: string, evidence: string): Victim {
  return victim(`worker ${number}`, [join(import.meta.dirname, 'worker.process.ts'), appUrl, evidence])
}

function victim(name: string, args: string[]): Victim {
  let child: ChildProcess | undefined
  const words: string[] = []

  const start = async (): Promise<boolean> => {
    const env = { ...process.env, DATABASE_URL: '', DISPLAY: '', WAYLAND_DISPLAY: '' }
    const started = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env })
    child = started
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      words.push(...text.split('\n').filter(Boolean))
      words.splice(0, words.length - wordsKept)
    })
    const ready = once(started.stdout, 'data').then(() => true)
    const ended = once(started, 'close').then(() => false)
    const isUp = await Promise.race([ready, ended])
    started.stdout.resume()
    return isUp
  }

  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const closed = once(ending, 'close')
    ending.kill(signal)
    await closed
  }

  const reviveOnce = async () => {
    if (child && child.exitCode === null && child.signalCode === null) return
    const giveUpAt = Date.now() + readyWithinMs
    while (!(await start())) {
      if (Date.now() > giveUpAt) throw new Error(`The ${name} does not start.\n${words.join('\n')}`)
      await pause(50)
    }
  }
  let reviving: Promise<void> | undefined

  return {
    name,
    kill: () => end('SIGKILL'),
    // Whoever else wants it alive meanwhile waits for the same start: a second process would be nobody's to end.
    async revive() {
      reviving ??= reviveOnce().finally(() => {
        reviving = undefined
      })
      await reviving
    },
    stop: () => end('SIGTERM'),
    lastWords: () => words,
  }
}
