import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')
const program = join(root, 'api', 'cli', 'main.ts')

export type ServerProcess = { readyMs: number; url: string; signInUrl: string; process: ChildProcess }

/** The product as a person starts it, up to the line that says it is ready. */
export async function startServer(dataDir: string): Promise<ServerProcess> {
  const began = performance.now()
  const server = spawn(
    process.execPath,
    [program, 'start', '--json', '--no-open', '--port', '0', '--data-dir', dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(server, 'close').then(([code]) => {
    throw new Error(`The server ended with ${code} before it was ready.`)
  })
  // After it is ready its end is awaited elsewhere.
  ended.catch(() => undefined)
  const [line] = await Promise.race([once(server.stdout, 'data'), ended])
  const readyMs = performance.now() - began
  const { url, signInUrl } = JSON.parse(String(line))
  return { readyMs, url: String(url), signInUrl: String(signInUrl), process: server }
}

export async function stopServer({ process: server }: ServerProcess): Promise<void> {
  const closed = once(server, 'close')
  server.kill('SIGTERM')
  await closed
}

/** As a power cut would end it; its database lives on. */
export async function killServer({ process: server }: ServerProcess): Promise<void> {
  const closed = once(server, 'close')
  server.kill('SIGKILL')
  await closed
}

/** A command of ours to its end; throws when it fails. */
export async function run(command: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}.`)
}
