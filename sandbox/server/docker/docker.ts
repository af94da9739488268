import { once } from 'node:events'
import { z } from 'zod'
import type { Limits, Probe } from '../../sandbox.ts'
import { insideFolder } from '../confine.ts'
import type { Closed } from '../parked.ts'
import type { Streams } from '../remote/parked-remote.ts'
import { createRemoteSandbox, type RemoteSandbox } from '../remote/remote-sandbox.ts'
import { writeTar } from '../remote/tar.ts'
import type { CarriedRuntime } from '../runtimes.ts'
import { attachTo, callEngine, type Endpoint, EngineRefusal } from './engine-api.ts'
import { framesReader } from './frames.ts'
import { runLabels } from './left-overs.ts'

export type DockerSettings = {
  readonly endpoint: Endpoint
  /** An image that has deno, python3 and node on its path; it is never pulled. */
  readonly image: string
  /** `runsc` (gVisor) unless the operator names another one; one the engine does not have is refused, never replaced. */
  readonly runtime: string
}

const Created = z.object({ Id: z.string() })
const Waited = z.object({ StatusCode: z.int() })
const Inspected = z.object({ State: z.object({ OOMKilled: z.boolean() }) })
const Info = z.object({ Runtimes: z.record(z.string(), z.unknown()) })

/** Each run in a container of its own, through the Docker Engine API; the container is taken away with the run. */
export function createDocker(settings: DockerSettings, given: Partial<Limits> = {}): RemoteSandbox {
  const kernel = settings.runtime === 'runsc' ? 'a kernel of its own (gVisor)' : `the runtime ${settings.runtime}`
  return createRemoteSandbox(
    {
      name: 'docker',
      isolation: `A container with ${kernel}: no network, no rights, memory and processes limited, thrown away after the run.`,
      memoryLimit: true,
      probe: () => probe(settings),
      run: (runtime, limits, streams, signal) => runInContainer(settings, { runtime, limits, streams, signal }),
    },
    given,
  )
}

async function probe({ endpoint, image, runtime }: DockerSettings): Promise<Probe> {
  const signal = AbortSignal.timeout(5_000)
  try {
    const { Runtimes } = Info.parse((await callEngine(endpoint, { method: 'GET', path: '/info', signal })).body)
    if (!Object.hasOwn(Runtimes, runtime)) {
      const has = Object.keys(Runtimes).join(', ') || 'none'
      const reason = `The Docker engine does not have the runtime ${runtime} (it has ${has}). Install gVisor and add it to the engine (runsc install), or name another one in DELEGRAPH_SANDBOX_DOCKER_RUNTIME, which keeps less away.`
      return { state: 'unavailable', reason }
    }
    await callEngine(endpoint, { method: 'GET', path: `/images/${encodeURIComponent(image)}/json`, signal })
    return { state: 'available' }
  } catch (error) {
    if (error instanceof EngineRefusal && error.status === 404)
      return {
        state: 'unavailable',
        reason: `The Docker engine does not have the image ${image}. Run: docker pull ${image}`,
      }
    const why = error instanceof Error ? error.message : String(error)
    return {
      state: 'unavailable',
      reason: `The Docker engine does not answer (${why}). Start it, or correct DELEGRAPH_SANDBOX_DOCKER.`,
    }
  }
}

type Run = { runtime: CarriedRuntime; limits: Limits; streams: Streams; signal: AbortSignal }

async function runInContainer({ endpoint, image, runtime }: DockerSettings, run: Run): Promise<Closed> {
  const { streams, signal } = run
  const json = containerOf({ image, runtime }, run)
  const { Id: id } = Created.parse(
    (await callEngine(endpoint, { method: 'POST', path: '/containers/create', json })).body,
  )
  const path = `/containers/${id}`
  try {
    signal.throwIfAborted()
    const tar = writeTar(run.runtime.files)
    await callEngine(endpoint, { method: 'PUT', path: `${path}/archive?path=/`, tar, signal })
    const { socket, head } = await attachTo(endpoint, id, signal)
    const read = framesReader(streams.stdout, streams.stderr)
    const failed = new Promise<never>((_, reject) => {
      socket.on('error', reject)
      socket.on('data', (bytes: Buffer) => {
        try {
          read(bytes)
        } catch (error) {
          reject(error)
        }
      })
    })
    failed.catch(() => {})
    read(head)
    const ended = once(socket, 'end')
    ended.catch(() => {})
    const waiting = callEngine(endpoint, { method: 'POST', path: `${path}/wait?condition=next-exit`, signal })
    waiting.catch(() => {})
    await callEngine(endpoint, { method: 'POST', path: `${path}/start`, signal })
    streams.stdin.pipe(socket)
    const { StatusCode: code } = Waited.parse((await Promise.race([waiting, failed])).body)
    await Promise.race([ended, failed])
    const { State } = Inspected.parse(
      (await callEngine(endpoint, { method: 'GET', path: `${path}/json`, signal })).body,
    )
    return { code, signal: null, limitsMet: State.OOMKilled ? ['memory'] : [] }
  } finally {
    // Also ends what still runs.
    await callEngine(endpoint, { method: 'DELETE', path: `${path}?force=1&v=1` }).catch(() => {})
  }
}

function containerOf({ image, runtime: oci }: { image: string; runtime: string }, { runtime, limits }: Run): unknown {
  const { memoryBytes, processCount, fileBytes } = limits
  const size = Math.max(fileBytes * 2, 16 * 1024 * 1024)
  const folder = `rw,nosuid,nodev,exec,mode=1777,size=${size}`
  return {
    Image: image,
    Entrypoint: [],
    Cmd: runtime.command,
    Env: [...Object.entries(runtime.env), ['HOME', insideFolder], ['NO_COLOR', '1']].map(
      ([name, value]) => `${name}=${value}`,
    ),
    ...{ User: '65534:65534', WorkingDir: insideFolder, Hostname: 'sandbox', Labels: runLabels() },
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin: true, StdinOnce: true, Tty: false },
    NetworkDisabled: true,
    HostConfig: {
      ...{ Runtime: oci, NetworkMode: 'none', IpcMode: 'private', CapDrop: ['ALL'] },
      SecurityOpt: ['no-new-privileges:true'],
      // The same for memory and swap together: no swap.
      ...{ Memory: memoryBytes, MemorySwap: memoryBytes, PidsLimit: processCount, NanoCpus: 1_000_000_000 },
      Tmpfs: { [insideFolder]: folder, '/tmp': folder },
      Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
      LogConfig: { Type: 'none' },
    },
  }
}
