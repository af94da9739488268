// Runs inside the walls: waits for one job on standard input, puts its files down, runs its command in a shell, and says at
// the end which files it left. What it says is believed only about its own run.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname } from 'node:path'

const folder = '/home/sandbox/'
const job = JSON.parse(readExactly(Number(readExactly(8))))
for (const [path, base64] of Object.entries(job.files)) {
  mkdirSync(dirname(folder + path), { recursive: true })
  writeFileSync(folder + path, Buffer.from(base64, 'base64'))
}

const child = spawn('/bin/sh', ['-c', job.command], { stdio: 'inherit', cwd: folder })
child.once('error', () => finish(127))
child.once('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))

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
  const report = { value: null, error: null, phase: 'run', ...changes() }
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
