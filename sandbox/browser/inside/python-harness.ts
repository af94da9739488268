import type { PythonJob, PythonPart, WorkerLimits, WorkerMessage } from './protocol.ts'

/** Frame to worker: the parts, once each, and at any time one job with the port its run answers on. */
export type PythonMessage =
  | { readonly type: 'load'; readonly part: Exclude<PythonPart, { name: 'engine' }> }
  | { readonly type: 'engine'; readonly module: WebAssembly.Module | null }
  | { readonly type: 'start'; readonly job: PythonJob; readonly limits: WorkerLimits }

/** Of Pyodide, what is used here. */
type Python = {
  FS: {
    mkdirTree(path: string): void
    writeFile(path: string, data: Uint8Array): void
    chdir(path: string): void
    unlink(path: string): void
    readdir(path: string): string[]
    readFile(path: string): Uint8Array
    stat(path: string): { mode: number }
    isDir(mode: number): boolean
    isFile(mode: number): boolean
  }
  setStdin(options: { stdin(): string | null }): void
  setStdout(options: { write(bytes: Uint8Array): number; isatty: boolean }): void
  setStderr(options: { write(bytes: Uint8Array): number; isatty: boolean }): void
  runPythonAsync(code: string): Promise<unknown>
}

/**
 * The Python worker's own code: loads the interpreter from what it is given, waits for one job, runs it. A worker is never
 * used twice. User code may reach this realm, which has no network, no storage and no way to the page. Shipped as text.
 */
export function pythonHarness(scope: typeof globalThis, runner: string): void {
  const { apply } = Reflect
  const post = MessagePort.prototype.postMessage
  const place = 'https://python.invalid/'
  const folder = '/work/'
  type Code = Extract<PythonPart, { name: 'code' }>
  type Memory = Extract<PythonPart, { name: 'memory' }>
  const code = Promise.withResolvers<Code>()
  const engine = Promise.withResolvers<WebAssembly.Module>()
  const memory = Promise.withResolvers<Memory>()
  let isWanted = false
  const python = load()
  // Who waits for it hears of a failure; until then it is nobody's.
  python.catch(() => undefined)

  scope.addEventListener('message', hear)

  function hear(event: MessageEvent<PythonMessage>): void {
    const message = event.data
    if (message.type === 'engine') {
      if (message.module === null) engine.reject(new Error('its engine could not be compiled'))
      else engine.resolve(message.module)
      return
    }
    if (message.type === 'load') {
      if (message.part.name === 'code') code.resolve(message.part)
      else memory.resolve(message.part)
      return
    }
    const [port] = event.ports
    if (port === undefined) return
    isWanted = true
    const send = (answer: WorkerMessage) => void apply(post, port, [answer])
    python
      .then((ready) => {
        scope.removeEventListener('message', hear)
        return run(ready, message, send)
      })
      .catch((error) => fail(send, error))
  }

  async function load(): Promise<Python> {
    const { glue, core: coreText, info } = await code.promise
    const [{ loadPyodide }, core] = await Promise.all([importText(glue), importText(coreText)])
    const [wasm, { library, snapshot }] = await Promise.all([engine.promise, memory.promise])
    // The loader fetches what it needs; here that is in hand already, and there is nothing else to be fetched.
    scope.fetch = async (asked) => {
      const isLibrary = String(asked).endsWith('.zip')
      return isLibrary ? new Response(library) : new Response('', { headers: { 'Content-Type': 'application/wasm' } })
    }
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) }
    }
    const started = snapshot && startedMemory(snapshot)
    const ready: Python = await loadPyodide({
      indexURL: place,
      createPyodideModule: async (settings: unknown) => {
        const module = await core.default(settings)
        if (started) started.fill(module.HEAPU8)
        return module
      },
      stdLibURL: `${place}library.zip`,
      // Packages would come over the network; the standard library is all there is.
      lockFileContents: { info, packages: {} },
      ...(started && { _loadSnapshot: started.head }),
    })
    scope.fetch = async () => {
      throw new Error('fetch is not available in this sandbox: it has no network')
    }
    ready.FS.mkdirTree(folder)
    await ready.runPythonAsync(runner)
    // The first program pays for what later ones would find ready; while none waits, let it be one that does nothing.
    if (isWanted) return ready
    ready.FS.writeFile(`${folder}nothing.py`, new Uint8Array())
    await ready.runPythonAsync(`await run('nothing.py')`)
    ready.FS.unlink(`${folder}nothing.py`)
    return ready
  }

  /**
   * Half of a memory that has started is empty: it travels as its other pages and where they stand, and those go straight to
   * their places in the interpreter's own memory. The loader itself is given no more than the head, as long as the whole.
   */
  function startedMemory(packed: ArrayBuffer): { readonly head: Uint8Array; fill(memory: Uint8Array): void } {
    const [mark, length = 0, pageBytes = 0, pages = 0] = new Uint32Array(packed, 0, 4)
    if (mark !== 0x59504744) return { head: new Uint8Array(packed), fill: () => undefined }
    const places = new Uint32Array(packed, 16, pages)
    const start = 16 + pages * 4
    const each = function* (upTo: number) {
      for (const [at, place] of places.entries()) {
        const from = place * pageBytes
        if (from >= upTo) return
        yield { from, bytes: new Uint8Array(packed, start + at * pageBytes, Math.min(pageBytes, length - from)) }
      }
    }
    const [first] = each(1)
    const headBytes = first ? (new Uint32Array(first.bytes.slice(0, 8).buffer)[1] ?? 0) : 0
    const head = new Uint8Array(headBytes)
    for (const { from, bytes } of each(headBytes)) head.set(bytes.subarray(0, headBytes - from), from)
    Object.defineProperty(head, 'length', { value: length })
    return {
      head,
      fill(memory) {
        for (const { from, bytes } of each(length)) {
          const skipped = Math.max(0, headBytes - from)
          if (skipped < bytes.length) memory.set(bytes.subarray(skipped), from + skipped - headBytes)
        }
      },
    }
  }

  async function importText(text: string) {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
    try {
      return await import(url)
    } finally {
      URL.revokeObjectURL(url)
    }
  }

  async function run(
    ready: Python,
    { job, limits }: Extract<PythonMessage, { type: 'start' }>,
    send: (answer: WorkerMessage) => void,
  ): Promise<void> {
    const lines = job.stdin === '' ? [] : job.stdin.split(/(?<=\n)/)
    let left = limits.outputBytes
    let isOver = false
    const writer = (stream: 'stdout' | 'stderr') => {
      const decoder = new TextDecoder()
      return (bytes: Uint8Array) => {
        if (isOver) return bytes.length
        const fits = bytes.subarray(0, left)
        left -= fits.length
        const text = decoder.decode(fits, { stream: true })
        if (text !== '') send({ type: 'output', stream, text })
        if (fits.length < bytes.length) {
          isOver = true
          send({ type: 'output-limit' })
        }
        return bytes.length
      }
    }
    for (const [path, contents] of job.files) {
      ready.FS.mkdirTree(folder + path.split('/').slice(0, -1).join('/'))
      ready.FS.writeFile(folder + path, contents)
    }
    ready.FS.chdir(folder)
    ready.setStdin({ stdin: () => lines.shift() ?? null })
    // As a terminal, it writes each line as it is printed: what stands there when a run is ended is all it said.
    ready.setStdout({ write: writer('stdout'), isatty: true })
    ready.setStderr({ write: writer('stderr'), isatty: true })
    send({ type: 'begun' })
    const report = JSON.parse(String(await ready.runPythonAsync(`await run(${JSON.stringify(job.entry)})`)))
    if (isOver) return
    const news = whatBecame(ready, job.files)
    if (news.written.size + news.removed.length > 0) send({ type: 'files', ...news })
    send(report)
  }

  /** Files the program wrote, changed or deleted. */
  function whatBecame({ FS }: Python, given: ReadonlyMap<string, Uint8Array>) {
    const written = new Map<string, Uint8Array>()
    const left = new Set(given.keys())
    const walk = (below: string): void => {
      for (const name of FS.readdir(folder + below)) {
        if (name === '.' || name === '..' || name === '__pycache__') continue
        const path = below + name
        const { mode } = FS.stat(folder + path)
        if (FS.isDir(mode)) walk(`${path}/`)
        if (!FS.isFile(mode)) continue
        left.delete(path)
        const [bytes, before] = [FS.readFile(folder + path), given.get(path)]
        const isSame = before?.length === bytes.length && before.every((byte, at) => byte === bytes[at])
        if (!isSame) written.set(path, bytes)
      }
    }
    walk('')
    return { written, removed: [...left] }
  }

  function fail(send: (answer: WorkerMessage) => void, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    send({ type: 'failed', name: 'Error', message: `Python could not be run: ${message}`, stack: '' })
  }
}
