import { expose, type ProxyMarked, proxy } from 'comlink'

/**
 * A stand-in, not a container: it speaks the wire protocol of @webcontainer/api to the page that frames it, and has the work
 * done by the server it came from, which is Node in a temporary folder. It proves the adapter, not the vendor's runtime.
 */
const server = {
  async build({ workdirName }: { workdirName?: string }) {
    const home = await ask('/build', { workdirName })
    return proxy(instance(String(home)))
  },
}

type Hear = ((data: Uint8Array | null) => Promise<void>) & Partial<ProxyMarked>
type Listener = (...args: unknown[]) => unknown
type Run = { command: string; args: string[]; cwd?: string; env?: Record<string, string>; terminal?: unknown }

function instance(cwd: string) {
  return {
    fs: () => proxy(files),
    previewScript: () => '',
    runtimeInfo: () => ({ path: '/bin', cwd }),
    setPreviewScript: () => undefined,
    teardown: () => ask('/teardown', {}),
    on: (event: string, listener: Listener) => proxy(listen(event, listener)),
    async run(asked: Run, _out: Hear | undefined, _err: Hear | undefined, output: Hear | undefined) {
      const id = crypto.randomUUID()
      const { promise: onExit, resolve } = Promise.withResolvers<unknown>()
      const stops = [
        listen(`output:${id}`, (base64) => output?.(Uint8Array.fromBase64(String(base64)))),
        listen(`exit:${id}`, async (code) => {
          for (const stop of stops) stop()
          await output?.(null)
          resolve(code)
        }),
      ]
      await ask('/run', { ...asked, id })
      let written: Promise<unknown> = Promise.resolve()
      return proxy({
        onExit,
        kill: () => void ask('/kill', { id }),
        // Each key is a request, and what was typed first must arrive first.
        write: (text: string) => {
          written = written.catch(() => undefined).then(() => ask('/write', { id, text }))
          return written
        },
        resize: (size: unknown) => ask('/resize', { id, size }),
      })
    },
  }
}

const files = {
  async readFile(path: string) {
    return Uint8Array.fromBase64(String(await ask('/fs', { act: 'read', path })))
  },
  writeFile: (path: string, data: string | Uint8Array) => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    return ask('/fs', { act: 'write', path, data: bytes.toBase64() })
  },
  async readdir(path: string) {
    const entries = await ask('/fs', { act: 'list', path })
    return Array.isArray(entries) ? entries.map(({ name, type }) => ({ name, 'Symbol(type)': type })) : []
  },
  mkdir: (path: string) => ask('/fs', { act: 'mkdir', path }),
  rm: (path: string, { recursive }: { recursive: boolean }) => ask('/fs', { act: 'rm', path, recursive }),
  watch(path: string, _options: unknown, listener: Listener) {
    const stop = listen(`files:${path}`, listener)
    void ask('/fs', { act: 'watch', path })
    return proxy({ close: async () => stop() })
  },
}

async function ask(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) })
  const answer: { value?: unknown; error?: string } = await response.json()
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer.value
}

/**
 * All that comes unasked comes by one stream, for a browser opens no more than six to a host; and no faster than the page
 * takes it, which shares its thread with this frame: a flood would keep the page from ever ending it.
 */
const listeners = new Map<string, Set<Listener>>()

function listen(event: string, listener: Listener): () => void {
  const heard = listeners.get(event) ?? new Set()
  listeners.set(event, heard.add(listener))
  return () => void heard.delete(listener)
}

async function hearAll(): Promise<void> {
  const { body } = await fetch('/events', { method: 'POST', body: '{}' })
  if (body === null) throw new Error('no events')
  void (async () => {
    for await (const { event, args } of linesOf(body)) {
      for (const listener of listeners.get(event) ?? []) await listener(...args)
    }
  })().catch(() => undefined)
}

async function* linesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<{ event: string; args: unknown[] }> {
  let held = ''
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (held + text).split('\n')
    held = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}

const { port1, port2 } = new MessageChannel()
expose(server, port1)
await hearAll()
const late = Number(new URLSearchParams(location.search).get('late') ?? 0)
if (!location.search.includes('silent')) setTimeout(() => parent.postMessage({ type: 'init' }, '*', [port2]), late)
