import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const program = 'sandbox/testing/container-stand-in/serve.process.ts'

/** A host of browser containers on this machine. The vendor's own cannot be asked: it is theirs, and far away. */
export async function startContainerHost(): Promise<{ url: string; stop(): Promise<void> }> {
  const node = join(root, 'node_modules/.bin/node')
  const host = spawn(node, [program], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(host, 'exit')
  const [line] = await Promise.race([
    once(host.stdout, 'data'),
    ended.then(() => {
      throw new Error('The host of containers did not start.')
    }),
  ])
  return {
    url: String(line).trim(),
    async stop() {
      host.stdin.end()
      await ended
    },
  }
}
