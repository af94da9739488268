import { type ChildProcess, spawn } from 'node:child_process'
import { type FSWatcher, watch } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export type StandIn = { readonly url: string; readonly home: string; running(): number; close(): Promise<void> }

const Fs = z.object({
  act: z.enum(['read', 'write', 'list', 'mkdir', 'rm', 'watch']),
  path: z.string(),
  data: z.string().default(''),
  recursive: z.boolean().default(false),
})
const Run = z.object({
  id: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string().default('.'),
  env: z.record(z.string(), z.string()).default({}),
})
const Act = z.object({ id: z.string(), text: z.string().default('') })

const headers = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/**
 * The server behind the stand-in page: serves it from `folder` and does what it is asked with Node in a temporary folder.
 * It is no sandbox, so it runs nothing but the contract's own cases. `mode` is told to the page: `silent` or `late=500`.
 */
export async function serveStandIn(folder: string, mode = ''): Promise<StandIn> {
  const home = await mkdtemp(join(tmpdir(), 'delegraph-stand-in-'))
  const running = new Map<string, ChildProcess>()
  const watchers: FSWatcher[] = []
  let events: ServerResponse | undefined
  const emit = (event: string, ...args: unknown[]) => events?.write(`${JSON.stringify({ event, args })}\n`) ?? true

  const within = (path: string) => {
    const at = join(home, path)
    if (relative(home, at).startsWith('..')) throw new Error(`${path} is outside`)
    return at
  }

  function watchFolder(path: string): void {
    watchers.push(watch(within(path), { recursive: true }, () => emit(`files:${path}`, 'change', '')))
  }

  async function files({ act, path, data, recursive }: z.infer<typeof Fs>): Promise<unknown> {
    const at = within(path)
    if (act === 'read') return (await readFile(at)).toString('base64')
    if (act === 'write') return writeFile(at, Buffer.from(data, 'base64'))
    if (act === 'mkdir') return mkdir(at, { recursive: true }).then(() => undefined)
    if (act === 'rm') return rm(at, { recursive, force: true })
    if (act === 'watch') return watchFolder(path)
    const entries = await readdir(at, { withFileTypes: true })
    return entries.map((entry) => ({ name: entry.name, type: entry.isDirectory() ? 2 : 1 }))
  }

  function run({ id, command, args, cwd, env }: z.infer<typeof Run>): void {
    const program = command === 'jsh' ? 'sh' : command === 'node' ? process.execPath : command
    const hook = fileURLToPath(new URL('./tell-listening.mjs', import.meta.url))
    const child = spawn(program, args, {
      cwd: within(cwd),
      detached: true,
      env: { PATH: process.env.PATH, HOME: home, NODE_OPTIONS: `--import=${hook}`, STAND_IN: url, ...env },
    })
    running.set(id, child)
    const put = (bytes: Buffer) => emit(`output:${id}`, bytes.toString('base64'))
    for (const from of [child.stdout, child.stderr]) {
      from.on('data', (bytes: Buffer) => {
        if (!put(bytes)) pause(from, events)
      })
    }
    child.on('error', (error) => put(Buffer.from(`${error.message}\n`)))
    child.on('close', (code) => {
      running.delete(id)
      emit(`exit:${id}`, code ?? 137)
    })
  }

  function end(child: ChildProcess | undefined): void {
    if (child?.pid === undefined || child.exitCode !== null) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }

  /** As a container ends: with its programs and all its files. */
  async function empty(): Promise<void> {
    for (const child of running.values()) end(child)
    for (const name of await readdir(home)) await rm(join(home, name), { recursive: true, force: true })
  }

  async function act(path: string, body: unknown): Promise<unknown> {
    if (path === '/build') return home
    if (path === '/run') return run(Run.parse(body))
    if (path === '/fs') return files(Fs.parse(body))
    if (path === '/resize') return undefined
    if (path === '/teardown') return empty()
    if (path === '/listening') return void emit('server-ready', ...z.tuple([z.int(), z.string()]).parse(body))
    const { id, text } = Act.parse(body)
    if (path === '/kill') return end(running.get(id))
    // As a terminal does with the key Enter.
    return void running.get(id)?.stdin?.write(text.replaceAll('\r', '\n'))
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'POST') return post(pathname, await bodyOf(request), response)
    if (pathname === '/headless' && !request.url?.includes(mode)) {
      return void response.writeHead(302, { ...headers, Location: `/headless?${mode}` }).end()
    }
    const file = pathname === '/headless' ? '/stand-in.html' : pathname
    const bytes = await readFile(join(folder, file)).catch(() => undefined)
    if (bytes === undefined) return void response.writeHead(404, headers).end()
    response
      .writeHead(200, { ...headers, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
      .end(bytes)
  }

  async function post(path: string, body: unknown, response: ServerResponse): Promise<void> {
    response.writeHead(200, { ...headers, 'Content-Type': 'application/json' })
    if (path === '/events') {
      events = response
      return void response.flushHeaders()
    }
    const given = await act(path, body).then(
      (value) => ({ value }),
      (error: unknown) => ({ error: String(error) }),
    )
    response.end(JSON.stringify(given))
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    url,
    home,
    running: () => running.size,
    async close() {
      for (const child of running.values()) end(child)
      for (const watcher of watchers) watcher.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(home, { recursive: true, force: true })
    },
  }
}

function pause(from: NodeJS.ReadableStream, response: ServerResponse | undefined): void {
  from.pause()
  response?.once('drain', () => from.resume())
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return JSON.parse(Buffer.concat(chunks).toString())
}
