import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Limits, Probe } from '../../sandbox.ts'
import type { Closed } from '../parked.ts'
import type { Streams } from '../remote/parked-remote.ts'
import { createRemoteSandbox, type RemoteSandbox } from '../remote/remote-sandbox.ts'
import type { CarriedRuntime } from '../runtimes.ts'
import { connectToGuest, startMachine } from './firecracker-api.ts'
import { guestPort, speakWithGuest } from './guest.ts'

export type MicroVmSettings = {
  /** The program and what goes before `--api-sock`. */
  readonly firecracker: readonly [string, ...string[]]
  /** An uncompressed kernel with virtio-vsock. */
  readonly kernel: string
  /** An ext4 image with deno, python3, node, and our agent at /opt/delegraph/guest_agent.py. */
  readonly rootfs: string
  /** Where the machine's virtualisation is. */
  readonly kvm?: string
}

/** What the kernel and the agent take beside the program. */
const ownMemoryMb = 96

/** Each run in a virtual machine of its own on this computer, by Firecracker; it has a kernel of its own and no network. */
export function createMicroVm(settings: MicroVmSettings, given: Partial<Limits> = {}): RemoteSandbox {
  return createRemoteSandbox(
    {
      name: 'microvm',
      isolation:
        'A virtual machine of its own on this server: its own kernel, no network, a read-only disk, memory limited, thrown away after the run.',
      memoryLimit: true,
      probe: async () => whyNot(settings),
      run: (runtime, limits, streams, signal) => runInMachine(settings, { runtime, limits, streams, signal }),
    },
    given,
  )
}

/** What of it is there, in the order in which one would get it. */
function whyNot({ firecracker: [program], kernel, rootfs, kvm = '/dev/kvm' }: MicroVmSettings): Probe {
  const missing = (reason: string): Probe => ({ state: 'unavailable', reason })
  if (!existsSync(kvm))
    return missing(
      `This machine offers no virtualisation (${kvm} is not there). Use one with KVM, or turn nested virtualisation on.`,
    )
  if (!mayUse(kvm)) return missing(`This user may not use ${kvm}. Add it to the group kvm.`)
  if (!existsSync(program))
    return missing(
      `Firecracker is not at ${program}. Get a release from github.com/firecracker-microvm/firecracker and name it in DELEGRAPH_SANDBOX_FIRECRACKER.`,
    )
  if (!existsSync(kernel))
    return missing(`The kernel image ${kernel || '(none named)'} is not there. Name one in DELEGRAPH_SANDBOX_KERNEL.`)
  if (!existsSync(rootfs))
    return missing(
      `The disk image ${rootfs || '(none named)'} is not there. Name one in DELEGRAPH_SANDBOX_ROOTFS; docs/sandboxes.md says how to make it.`,
    )
  return { state: 'available' }
}

function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

type Run = { runtime: CarriedRuntime; limits: Limits; streams: Streams; signal: AbortSignal }

async function runInMachine(settings: MicroVmSettings, { runtime, limits, streams, signal }: Run): Promise<Closed> {
  const folder = mkdtempSync(join(tmpdir(), 'delegraph-vm-'))
  const [apiSocket, vsock] = [join(folder, 'api.sock'), join(folder, 'v.sock')]
  const [program, ...before] = settings.firecracker
  const child = spawn(program, [...before, '--api-sock', apiSocket], { cwd: folder, stdio: 'ignore', env: {} })
  const gone = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the machine ended by itself (code ${code})`)))
  })
  gone.catch(() => {})
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  aborted.catch(() => {})
  const work = async (): Promise<Closed> => {
    await answering(apiSocket, signal)
    const memoryMb = Math.ceil(limits.memoryBytes / 1_048_576) + ownMemoryMb
    await startMachine(apiSocket, { kernel: settings.kernel, rootfs: settings.rootfs, memoryMb, vsock }, signal)
    const socket = await listening(vsock, signal)
    return await speakWithGuest(socket, runtime, limits, streams)
  }
  try {
    signal.throwIfAborted()
    return await Promise.race([work(), gone, aborted])
  } finally {
    void endMachine(child).then(() => rmSync(folder, { recursive: true, force: true }))
  }
}

/** The guest takes a moment to boot; nobody tells when it listens. */
async function listening(vsock: string, signal: AbortSignal) {
  for (;;) {
    signal.throwIfAborted()
    const socket = existsSync(vsock) ? await connectToGuest(vsock, guestPort) : undefined
    if (socket) return socket
    await after(5)
  }
}

/** Once it answers at all: the socket is there a moment before anybody listens on it. */
async function answering(apiSocket: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    if (await canConnect(apiSocket)) return
    await after(2)
  }
}

function canConnect(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function endMachine(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const killing = setTimeout(() => child.kill('SIGKILL'), 500)
  await exited
  clearTimeout(killing)
}
