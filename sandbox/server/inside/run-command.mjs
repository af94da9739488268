// Runs inside the walls: waits for one job on standard input, puts its files down, runs its command in a shell, and says at
// the end which files it left. What it says is believed only about its own run.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { constants, hostname } from 'node:os'
import { dirname } from 'node:path'

const folder = '/home/sandbox/'
const job = JSON.parse(readExactly(Number(readExactly(8))))
for (const [path, base64] of Object.entries(job.files)) {
  mkdirSync(dirname(folder + path), { recursive: true })
  writeFileSync(folder + path, Buffer.from(base64, 'base64'))
}

const reached = new Map()
const env = process.env.HTTP_PROXY ? process.env : { ...process.env, ...(await nowhere()) }
const child = spawn('/bin/sh', ['-c', job.command], { stdio: 'inherit', cwd: folder, env })
child.once('error', () => finish(127))
child.once('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))

/** Where there is no network: a proxy that leads nowhere and notes whom it was asked for, so that the result can name them. */
async function nowhere() {
  const note = (address) => {
    const url = URL.canParse(address) ? new URL(address) : undefined
    if (!url?.hostname || reached.size >= 50) return
    const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443)
    reached.set(`${url.hostname}:${port}`, { host: url.hostname.replace(/^\[|\]$/g, ''), port })
  }
  const server = createServer((asked) => {
    note(asked.url)
    asked.socket.destroy()
  })
  server.on('connect', (asked, socket) => {
    note(`connect://${asked.url}`)
    socket.on('error', () => {})
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
  const isListening = await new Promise((told) => {
    server.once('listening', () => told(true))
    server.once('error', () => told(false))
    server.listen(0, '127.0.0.1')
  })
  // A machine without so much as a loopback: nobody is reached there, and nothing noted.
  if (!isListening) return {}
  const url = `http://127.0.0.1:${server.address().port}`
  // What a project serves to itself is no matter of a network.
  const own = `localhost,127.0.0.1,0.0.0.0,::1,[::1],${hostname()}`
  return {
    ...{ HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url, NODE_USE_ENV_PROXY: '1' },
    ...{ NO_PROXY: own, no_proxy: own },
  }
}

function readExactly(length) {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; ) {
    const read = readSync(0, bytes, at, length - at, null)
    if (read === 0) process.exit(0)
    at += read
  }
  return bytes.toString()
}

function finish(code) {
  const report = { value: null, error: null, phase: 'run', ...changes(), reached: [...reached.values()] }
  const bytes = Buffer.from(`\0${job.nonce}${JSON.stringify(report)}\0`)
  for (let at = 0; at < bytes.length; ) at += writeSync(2, bytes, at)
  process.exit(code)
}

/** What the command left, up to the limit; installed packages are no files of the project. */
function changes() {
  const files = {}
  const seen = new Set()
  let room = job.fileBytes
  let isWhole = true
  const walk = (below) => {
    for (const entry of readdirSync(folder + below, { withFileTypes: true })) {
      const path = below + entry.name
      if (entry.isDirectory() && entry.name !== 'node_modules') walk(`${path}/`)
      if (!entry.isFile()) continue
      seen.add(path)
      const { size } = statSync(folder + path)
      if (size > room || seen.size > job.fileCount) {
        isWhole = false
        continue
      }
      room -= size
      const base64 = readFileSync(folder + path).toString('base64')
      if (job.files[path] !== base64) files[path] = base64
    }
  }
  try {
    walk('')
  } catch {
    isWhole = false
  }
  return { files, removed: isWhole ? Object.keys(job.files).filter((path) => !seen.has(path)) : [], isWhole }
}
