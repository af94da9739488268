import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { Parked } from '../parked.ts'
import { openImage } from './image.ts'

/**
 * Takes the calls of Firecracker's API on a unix socket, in their order, and plays the machine: its vsock takes `CONNECT`, and
 * behind it our agent really runs, behind bubblewrap. It is no virtual machine: there is no kernel and no disk.
 */
const apiSocket = process.argv[process.argv.indexOf('--api-sock') + 1] ?? ''
// What it makes lies in the machine's own folder, which goes with the machine however it ends.
process.env.TMPDIR = process.cwd()
const image = openImage()
if ('reason' in image) throw new Error(image.reason)

const MachineConfig = z.object({ vcpu_count: z.int().min(1), mem_size_mib: z.int().min(1), smt: z.boolean() })
const BootSource = z.object({ kernel_image_path: z.string(), boot_args: z.string().includes('init=/opt/delegraph/') })
const Drive = z.object({
  drive_id: z.literal('rootfs'),
  path_on_host: z.string(),
  is_root_device: z.literal(true),
  is_read_only: z.literal(true),
})
const Vsock = z.object({ guest_cid: z.int().min(3), uds_path: z.string() })
const Action = z.object({ action_type: z.literal('InstanceStart') })

let memoryMb = 0
let vsock = ''
const made = new Set<string>()
let guest: Parked | undefined

const calls: Readonly<Record<string, (body: unknown) => void>> = {
  '/machine-config': (body) => {
    memoryMb = MachineConfig.parse(body).mem_size_mib
  },
  '/boot-source': (body) => void BootSource.parse(body),
  '/drives/rootfs': (body) => void Drive.parse(body),
  '/vsock': (body) => {
    vsock = Vsock.parse(body).uds_path
  },
  '/actions': (body) => {
    Action.parse(body)
    for (const needed of ['/boot-source', '/drives/rootfs']) {
      if (!made.has(needed)) throw new Error(`Cannot start microvm without ${needed}.`)
    }
    boot()
  },
}

function boot(): void {
  const path = '/opt/delegraph/guest_agent.py'
  const agent = readFileSync(join(import.meta.dirname, '..', 'inside', 'guest_agent.py'))
  if ('reason' in image) return
  createSocketServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', (bytes: Buffer) => {
      if (!bytes.toString().startsWith('CONNECT 5252\n') || guest) return socket.destroy()
      guest = image.start({
        command: ['python3', '-I', path, '--stdio'],
        ...{ env: {}, files: new Map([[path, agent]]), limits: { memoryBytes: memoryMb * 1_048_576 } },
      })
      socket.write('OK 1073741824\n')
      socket.pipe(guest.child.stdin)
      guest.child.stdout.pipe(socket)
    })
  }).listen(vsock)
}

createServer(async (asked, answer) => {
  const parts: Buffer[] = []
  for await (const part of asked) parts.push(part)
  try {
    const call = asked.method === 'PUT' ? calls[asked.url ?? ''] : undefined
    if (!call) throw new Error(`Invalid request method and/or path: ${asked.method} ${asked.url}.`)
    call(JSON.parse(Buffer.concat(parts).toString()))
    made.add(asked.url ?? '')
    answer.writeHead(204).end()
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    answer.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ fault_message: fault }))
  }
}).listen(apiSocket)

process.once('SIGTERM', async () => {
  guest?.end()
  await guest?.closed
  image.close()
  process.exit(0)
})
