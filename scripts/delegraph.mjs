#!/usr/bin/env node
// The `delegraph` command: runs on whatever Node is at hand, hands over to the Node the project brings.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { carriedNode, root } from './setup/place.mjs'

const args = process.argv.slice(2)

if (args[0] === 'start' || !existsSync(carriedNode)) {
  const setup = spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs'), 'start'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (setup.status !== 0) process.exit(setup.status ?? 1)
}

const program = spawn(carriedNode, [join(root, 'api', 'cli', 'main.ts'), ...args], { stdio: 'inherit' })
// Ctrl-C reaches both of us; the program decides when it is done. A signal sent to us alone is passed on.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
program.once('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
})
