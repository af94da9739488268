// `npm run dev`: Vite for the screen, the server restarted on change behind it, one Ctrl-C for both.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { carriedNode, modules, root } from './setup/place.mjs'

const apiPort = process.env.DELEGRAPH_PORT ?? '7410'
const web = 'http://127.0.0.1:5173'
const env = { ...process.env, DELEGRAPH_API: `http://127.0.0.1:${apiPort}`, DELEGRAPH_DEV_ORIGIN: web }

const vite = spawn(
  carriedNode,
  [join(modules, 'vite', 'bin', 'vite.js'), '--host', '127.0.0.1', '--port', '5173', '--strictPort'],
  {
    ...{ cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] },
  },
)
const start = ['start', '--json', '--no-open', '--port', apiPort, ...process.argv.slice(2)]
const server = spawn(carriedNode, ['--watch', '--watch-preserve-output', join('api', 'cli', 'main.ts'), ...start], {
  ...{ cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
})

createInterface(server.stdout).on('line', (line) => console.log(signInLink(line) ?? line))

const parts = [vite, server]
const end = (signal) => {
  for (const part of parts) if (part.exitCode === null && part.signalCode === null) part.kill(signal)
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(signal))
for (const part of parts) {
  part.once('close', (code) => {
    process.exitCode ||= code ?? 0
    end('SIGTERM')
  })
}

/** The server prints where it is ready; the developer wants Vite's address in front of it. */
function signInLink(line) {
  try {
    const { url, signInUrl } = JSON.parse(line)
    return `\n  Sign in: ${signInUrl.replace(new URL(url).origin, web)}\n`
  } catch {
    return undefined
  }
}
