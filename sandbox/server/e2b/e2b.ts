import type { Limits, Probe } from '../../sandbox.ts'
import { insideFolder } from '../confine.ts'
import type { Closed } from '../parked.ts'
import type { Streams } from '../remote/parked-remote.ts'
import { createRemoteSandbox, type RemoteSandbox } from '../remote/remote-sandbox.ts'
import type { CarriedRuntime } from '../runtimes.ts'
import {
  askSandboxes,
  closeInput,
  createSandbox,
  type E2bSandbox,
  type E2bSettings,
  killSandbox,
  putFile,
  sendInput,
  startProcess,
} from './e2b-api.ts'

/** Each run in a virtual machine of E2B's, which sees the code and its files; the machine is ended with the run. */
export function createE2b(settings: E2bSettings, given: Partial<Limits> = {}): RemoteSandbox {
  return createRemoteSandbox(
    {
      name: 'e2b',
      isolation:
        'A virtual machine at another company, without internet, thrown away after the run. Its memory and processes are limited by the template, not by us.',
      memoryLimit: false,
      probe: () => probe(settings),
      run: (runtime, limits, streams, signal) => runThere(settings, { runtime, limits, streams, signal }),
    },
    given,
  )
}

async function probe(settings: E2bSettings): Promise<Probe> {
  try {
    await askSandboxes(settings)
    return { state: 'available' }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { state: 'unavailable', reason: `E2B cannot be used (${why}). Check E2B_API_KEY and DELEGRAPH_SANDBOX_E2B.` }
  }
}

type Run = { runtime: CarriedRuntime; limits: Limits; streams: Streams; signal: AbortSignal }

async function runThere(settings: E2bSettings, { runtime, limits, streams, signal }: Run): Promise<Closed> {
  // Should we be gone, the machine ends by its own clock.
  const sandbox = await createSandbox(settings, Math.ceil(limits.timeMs / 1_000) + 120, signal)
  try {
    for (const { path, bytes } of runtime.files) await putFile(sandbox, `/${path}`, bytes, signal)
    return await runProcess(sandbox, runtime, streams, signal)
  } finally {
    await killSandbox(settings, sandbox.id).catch(() => {})
  }
}

async function runProcess(
  sandbox: E2bSandbox,
  { command, env }: CarriedRuntime,
  { stdin, stdout, stderr }: Streams,
  signal: AbortSignal,
): Promise<Closed> {
  const begin = `mkdir -p ${insideFolder} && cd ${insideFolder} && exec "$@"`
  const envs = { ...env, HOME: insideFolder, NO_COLOR: '1' }
  const spec = { cmd: '/bin/sh', args: ['-c', begin, 'sh', ...command], envs }
  for await (const { start, data, end } of startProcess(sandbox, spec, signal)) {
    // A program that ends without reading its input is none of our trouble.
    if (start) feed(sandbox, start.pid, stdin, signal).catch(() => {})
    if (data?.stdout) stdout.write(Buffer.from(data.stdout, 'base64'))
    if (data?.stderr) stderr.write(Buffer.from(data.stderr, 'base64'))
    if (end) {
      if (end.exited) return { code: end.exitCode, signal: null, limitsMet: [] }
      return { code: null, signal: 'SIGKILL', limitsMet: [] }
    }
  }
  throw new Error('the process ended without a word')
}

/** One after the other: the order of calls is the order of bytes. */
async function feed(sandbox: E2bSandbox, pid: number, stdin: Streams['stdin'], signal: AbortSignal): Promise<void> {
  for await (const bytes of stdin) await sendInput(sandbox, pid, bytes, signal)
  await closeInput(sandbox, pid, signal)
}
