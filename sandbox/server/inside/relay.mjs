// Runs inside the walls, where there is a network: programs speak to a proxy on their own loopback, and this hands what they
// say to the socket behind which it really is. Then it becomes the program: same streams, same end.
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { constants } from 'node:os'

const [socketPath, port, command, ...args] = process.argv.slice(2)

const server = createServer((inner) => {
  const outer = connect(socketPath)
  inner.pipe(outer).pipe(inner)
  inner.on('error', () => outer.destroy())
  outer.on('error', () => inner.destroy())
})

server.listen(Number(port), '127.0.0.1', () => {
  const child = spawn(command, args, { stdio: 'inherit' })
  child.once('error', () => process.exit(127))
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
})
