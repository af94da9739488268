import { spawn } from 'node:child_process'

/** Runs a program to its end. Gives its exit code and all it said, on either stream. Never throws. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    let output = ''
    const hear = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => resolve({ code: 127, output: String(error.message) }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
