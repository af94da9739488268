import type { PythonJob, PythonPart, SnapshotLayout, WorkerLimits, WorkerMessage } from './protocol.ts'

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
  const folder = '/project/'
  const code = Promise.withResolvers<Extract<PythonPart, { name: 'code' }>>()
  const engine = Promise.withResolvers<WebAssembly.Module>()
  // It may fail before anybody waits for it.
  engine.promise.catch(() => undefined)
  const standard = Promise.withResolvers<Extract<PythonPart, { name: 'library' }>>()
  const memory = Promise.withResolvers<ArrayBuffer>()
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
      else if (message.part.name === 'library') standard.resolve(message.part)
      else memory.resolve(message.part.snapshot.arrayBuffer())
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
    const { glue, core } = await code.promise
    // A look that fails is no news to Python, but where it failed would be looked up in all of the code.
    Object.assign(Error, { stackTraceLimit: 0 })
    const { loadPyodide } = evaluated(glue)
    const { default: createModule } = evaluated(core)
    const { info, library, layout } = await standard.promise
    // The loader fetches what it needs; here that is in hand already, and there is nothing else to be fetched.
    scope.fetch = async (asked) => new Response(String(asked).endsWith('.zip') ? library : '')
    const broken = Promise.withResolvers<never>()
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      try {
        const module = await engine.promise
        return { module, instance: await WebAssembly.instantiate(module, imports) }
      } catch (error) {
        broken.reject(error)
        throw error
      }
    }
    const loading: Promise<Python> = loadPyodide({
      indexURL: place,
      createPyodideModule: async (settings: unknown) => {
        const module = await createModule(settings)
        if (layout) layOut(await memory.promise, layout, module.HEAPU8)
        return module
      },
      stdLibURL: `${place}library.zip`,
      // Packages would come over the network; the standard library is all there is.
      lockFileContents: { info, packages: {} },
      ...(layout && { _loadSnapshot: headOf(layout) }),
    })
    // The loader itself only warns of an engine that does not start, and waits for it for ever.
    const ready = await Promise.race([loading, broken.promise])
    scope.fetch = async () => {
      throw new Error('fetch is not available in this sandbox: it has no network')
    }
    ready.FS.mkdirTree(folder)
    if (layout?.runner !== runner) await ready.runPythonAsync(runner)
    // The first program pays for what later ones would find ready; while none waits, let it be one that does nothing.
    if (isWanted) return ready
    ready.FS.writeFile(`${folder}nothing.py`, new Uint8Array())
    await ready.runPythonAsync(`await run('nothing.py')`)
    ready.FS.unlink(`${folder}nothing.py`)
    return ready
  }

  /** The loader is given no more than the head, as long as the whole: the memory itself goes straight to its place. */
  function headOf({ head, snapshotBytes }: SnapshotLayout): Uint8Array {
    const bytes = Uint8Array.from(atob(head), (letter) => letter.charCodeAt(0))
    return Object.defineProperty(bytes, 'length', { value: snapshotBytes })
  }

  function layOut(snapshot: ArrayBuffer, { runs }: SnapshotLayout, memory: Uint8Array): void {
    let from = 0
    for (const [address, length] of runs) {
      memory.set(new Uint8Array(snapshot, from, length), address)
      from += length
    }
  }

  /** What a module exports. As the text of a function it need not travel to the browser and back to be imported. */
  function evaluated(text: string) {
    const asReturn = (names: string) => `return {${names.replace(/([$\w]+) as ([$\w]+)/g, '$2: $1')}}`
    const body = text
      .replaceAll('import.meta.url', JSON.stringify(place))
      // In brackets it is read once; a function that might never be called is read again when it is.
      .replace(/^(async function .*)export default [$\w]+;?\s*$/s, 'return {default: ($1)}')
      .replace(/export\s*\{([^{}]+)\};?(?=\s*(?:\/\/.*)?\s*$)/, (_all, names: string) => asReturn(names))
    return new Function(`'use strict';${body}`)()
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
