/** Where the runner, the compiled snippet and its standard input lie, below the session's folder. */
export const runnerFolder = '.delegraph'

/**
 * Runs in the container's Node: loads the compiled snippet and says on the one stream there is what came on which, where it
 * listens, for the container does not tell whose server answers, and in the end how it went. A frame is RS, the word of this
 * run, JSON in ASCII, US; a program that finds the word out can lie about itself alone. Standard input is a file, for a
 * terminal knows no end of it.
 */
export const runnerScript = `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Server } from 'node:net'
import { inspect } from 'node:util'

const word = process.env.DELEGRAPH_RUN
delete process.env.DELEGRAPH_RUN
const input = new URL('./stdin', import.meta.url)
const { writeSync } = fs
const queue = process.stdout.write.bind(process.stdout)
const pause = new Int32Array(new SharedArrayBuffer(4))
const put = (text) => {
  // A stream keeps what a full pipe does not take until the program rests; one in a loop never does.
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    try {
      const taken = writeSync(1, rest)
      if (!(taken > 0)) return void queue(rest)
      rest = rest.subarray(taken)
    } catch (error) {
      if (error.code !== 'EAGAIN') return void queue(rest)
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}
const ascii = (text) => text.replace(/[\\u007f-\\uffff]/g, (char) => '\\\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'))
const say = (frame) => put('\\x1e' + word + ascii(JSON.stringify(frame)) + '\\x1f')
const over = { value: null, error: null }

for (const stream of ['stdout', 'stderr']) {
  const decoder = new TextDecoder()
  process[stream].write = (chunk, encoding, done) => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    if (text !== '') say({ stream, text })
    const then = typeof encoding === 'function' ? encoding : done
    if (then) queueMicrotask(then)
    return true
  }
}

const read = fs.readFileSync
fs.readFileSync = (path, ...rest) => read(path === 0 || path === '/dev/stdin' ? input : path, ...rest)
let stdin
Object.defineProperty(process, 'stdin', { configurable: true, get: () => (stdin ??= fs.createReadStream(input)) })
syncBuiltinESMExports()

const { listen } = Server.prototype
Server.prototype.listen = function (...given) {
  this.once('listening', () => {
    const at = this.address()
    if (at !== null && typeof at === 'object') say({ listening: at.port })
  })
  return listen.apply(this, given)
}

const fail = (thrown) => {
  over.error ??= thrown instanceof Error
    ? { name: thrown.name, message: thrown.message, stack: String(thrown.stack) }
    : { name: 'Uncaught', message: inspect(thrown), stack: '' }
  process.exit(1)
}
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
process.on('exit', (code) => say({ code, ...over }))
try {
  const module = await import('./main.mjs')
  if ('default' in module) over.value = inspect(module.default)
} catch (error) {
  fail(error)
}
`
