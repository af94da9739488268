import { request } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What a machine is made of, as Firecracker's API (version 1.x) takes it before it starts. */
export type Machine = {
  readonly kernel: string
  readonly rootfs: string
  readonly memoryMb: number
  /** Where the host's end of the guest's vsock is made. */
  readonly vsock: string
}

/** Puts a machine together and starts it: the calls are made in this order, each must be accepted with 204. */
export async function startMachine(apiSocket: string, machine: Machine, signal: AbortSignal): Promise<void> {
  const { kernel, rootfs, memoryMb, vsock } = machine
  const bootArgs = 'console=ttyS0 quiet reboot=k panic=1 pci=off init=/opt/delegraph/guest_agent.py'
  const calls: readonly (readonly [string, unknown])[] = [
    ['/machine-config', { vcpu_count: 1, mem_size_mib: memoryMb, smt: false }],
    ['/boot-source', { kernel_image_path: kernel, boot_args: bootArgs }],
    ['/drives/rootfs', { drive_id: 'rootfs', path_on_host: rootfs, is_root_device: true, is_read_only: true }],
    // No network interface is ever added: the vsock is the machine's only way to anybody.
    ['/vsock', { guest_cid: 3, uds_path: vsock }],
    ['/actions', { action_type: 'InstanceStart' }],
  ]
  for (const [path, body] of calls) await put(apiSocket, path, body, signal)
}

function put(socketPath: string, path: string, body: unknown, signal: AbortSignal): Promise<void> {
  const sent = Buffer.from(JSON.stringify(body))
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ socketPath, path, method: 'PUT', signal, agent: false },
      headers: { Host: 'localhost', 'Content-Type': 'application/json', 'Content-Length': sent.length },
    })
    asked.on('error', reject)
    asked.on('response', async (answer) => {
      const parts: Buffer[] = []
      for await (const part of answer) parts.push(part)
      if (answer.statusCode === 204) return resolve()
      reject(
        new Error(
          `the machine refuses ${path} (${answer.statusCode}): ${Buffer.concat(parts).toString().slice(0, 300)}`,
        ),
      )
    })
    asked.end(sent)
  })
}

/**
 * Opens a connection to a port of the guest: the host's socket takes `CONNECT port`, and answers `OK` once somebody listens
 * there. Undefined where nobody does yet.
 */
export function connectToGuest(vsock: string, port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(vsock)
    socket.once('connect', () => socket.write(`CONNECT ${port}\n`))
    socket.once('data', (bytes: Buffer) => {
      const end = bytes.indexOf('\n')
      if (!bytes.toString('utf8', 0, Math.max(end, 0)).startsWith('OK ')) {
        socket.destroy()
        return resolve(undefined)
      }
      if (bytes.length > end + 1) socket.unshift(bytes.subarray(end + 1))
      resolve(socket)
    })
    socket.once('error', () => resolve(undefined))
    socket.once('close', () => resolve(undefined))
  })
}
