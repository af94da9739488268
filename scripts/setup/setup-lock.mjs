import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './place.mjs'
import { say } from './speech.mjs'

/** Two starts at once must not install or build over each other. The lock lies outside node_modules, which npm replaces. */
export async function alone(work) {
  const name = createHash('sha256').update(`${root} ${userInfo().username}`).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `delegraph-setup-${name}.lock`)
  await take(lock)
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

async function take(lock) {
  for (let waited = 0; !tryWrite(lock); waited++) {
    if (waited === 10) say('waiting for another setup of this folder to finish …')
    if (!isHeld(lock)) rmSync(lock, { force: true })
    await pause(100)
  }
}

function tryWrite(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isHeld(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    // Empty for the instant between being made and being written.
    if (!pid) return true
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
