import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export type BenchProcess = { pid: number; kill(): Promise<void>; stop(): Promise<void> }

/** One of the programs of this folder, up to the line that says it is ready. */
export async function startProcess(program: string, ...args: string[]): Promise<BenchProcess> {
  const flags = process.env.DELEGRAPH_BENCH_NODE_FLAGS?.split(' ').filter(Boolean) ?? []
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`${program} ended with ${code} before it was ready.`)
  })
  // After it is ready its end is awaited by whoever ends it.
  ended.catch(() => undefined)
  await Promise.race([once(child.stdout, 'data'), ended])
  child.stdout.resume()
  return { pid: child.pid ?? 0, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
}
