// Runs inside the walls: waits for one job on standard input, runs it, and says at the end how it went. What it says is
// believed only about its own run. The rest of standard input is the program's.

const folder = '/home/sandbox/'
// While nobody waits: what it stands before is read when it is first looked at, which takes milliseconds.
const reached = watchNetwork()
const { job, before } = receive()
const report = { value: null, error: null, phase: 'run' }
let isOver = false

globalThis.addEventListener('unload', finish)
globalThis.addEventListener('error', (event) => {
  event.preventDefault()
  fail(event.error)
})
globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  fail(event.reason)
})

try {
  const module = await import(`file://${folder}${job.entry}`)
  if ('default' in module) report.value = Deno.inspect(module.default)
} catch (error) {
  fail(error)
}

function receive() {
  const length = Number(new TextDecoder().decode(readExactly(8)))
  const job = JSON.parse(new TextDecoder().decode(readExactly(length)))
  const before = new Map()
  for (const [path, base64] of Object.entries(job.files)) {
    const at = folder + path
    Deno.mkdirSync(at.slice(0, at.lastIndexOf('/')), { recursive: true })
    Deno.writeFileSync(at, Uint8Array.fromBase64(base64))
    before.set(path, base64)
  }
  return { job, before }
}

function readExactly(length) {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; ) {
    const read = Deno.stdin.readSync(bytes.subarray(at))
    if (read === null) Deno.exit(0)
    at += read
  }
  return bytes
}

/** Notes whom the program asks for: where there is no network the answer does not say who it was. A flood says no more. */
function watchNetwork() {
  const hosts = new Map()
  const note = (host, port) => {
    if (host === '' || hosts.size >= 50) return
    hosts.set(`${host}:${port}`, { host: host.replace(/^\[|\]$/g, ''), port })
  }
  const ports = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 }
  const noteUrl = (asked) => {
    const url = URL.parse(asked instanceof Request ? asked.url : String(asked))
    if (url && url.protocol in ports) note(url.hostname, Number(url.port) || ports[url.protocol])
  }
  const { fetch: ask, WebSocket: Socket } = globalThis
  globalThis.fetch = function fetch(...asked) {
    noteUrl(asked[0])
    return ask(...asked)
  }
  globalThis.WebSocket = class WebSocket extends Socket {
    constructor(...asked) {
      noteUrl(asked[0])
      super(...asked)
    }
  }
  for (const name of ['connect', 'connectTls']) {
    const connect = Deno[name]
    Deno[name] = (options) => {
      if (options?.port !== undefined) note(String(options.hostname ?? '127.0.0.1'), Number(options.port))
      return connect(options)
    }
  }
  return hosts
}

function fail(thrown) {
  if (report.error === null) {
    const parse = parseProblem(thrown)
    if (parse) {
      report.phase = 'compile'
      report.error = parse
    } else report.error = described(thrown)
  }
  Deno.exit(1)
}

/** What does not compile, in Deno's words; undefined for what was thrown by a program that ran. */
function parseProblem(thrown) {
  if (!(thrown instanceof Error)) return undefined
  const parse = /^SyntaxError: (.+)\n[\s\S]*at file:\/\/\/home\/sandbox\/(.+?):(\d+):(\d+)$/.exec(thrown.message)
  const missing =
    /^(Module not found .+|Relative import path .+)\n[\s\S]*at file:\/\/\/home\/sandbox\/(.+?):(\d+):(\d+)$/.exec(
      thrown.message,
    )
  const [, message, file, line, column] = parse ?? missing ?? []
  if (!message) return undefined
  const at = { file, line: Number(line), column: Number(column) }
  return {
    name: parse ? 'SyntaxError' : 'ImportError',
    message: message.replaceAll(`file://${folder}`, ''),
    stack: '',
    at,
  }
}

function described(thrown) {
  if (!(thrown instanceof Error)) return { name: 'Uncaught', message: Deno.inspect(thrown), stack: '', at: null }
  const frames = String(thrown.stack)
    .split('\n')
    .filter((line) => line.includes(`file://${folder}`))
    .map((line) => line.replaceAll(`file://${folder}`, ''))
  const place = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frames[0] ?? '')
  const at = place ? { file: place[1], line: Number(place[2]), column: Number(place[3]) } : null
  return {
    name: thrown.name,
    message: thrown.message.replaceAll(`file://${folder}`, ''),
    stack: [`${thrown.name}: ${thrown.message}`, ...frames].join('\n'),
    at,
  }
}

function finish() {
  if (isOver) return
  isOver = true
  const { files, removed, isWhole } = changes()
  const text = `\0${job.nonce}${JSON.stringify({ ...report, files, removed, isWhole, reached: [...reached.values()] })}\0`
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; ) at += Deno.stderr.writeSync(bytes.subarray(at))
}

/** What the run wrote, up to the limit; folders that cannot be read are left out. */
function changes() {
  const files = {}
  const seen = new Set()
  let room = job.fileBytes
  let isWhole = true
  const walk = (below) => {
    for (const { name, isDirectory, isFile } of Deno.readDirSync(folder + below)) {
      const path = below + name
      if (isDirectory) walk(`${path}/`)
      if (!isFile) continue
      seen.add(path)
      const size = Deno.statSync(folder + path).size
      const fits = size <= room && seen.size <= job.fileCount
      if (!fits) {
        isWhole = false
        continue
      }
      const base64 = Deno.readFileSync(folder + path).toBase64()
      room -= size
      if (before.get(path) !== base64) files[path] = base64
    }
  }
  try {
    walk('')
  } catch {
    isWhole = false
  }
  return { files, removed: isWhole ? [...before.keys()].filter((path) => !seen.has(path)) : [], isWhole }
}
