import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { frame } from '../docker/frames.ts'
import type { Parked } from '../parked.ts'
import type { Image } from './image.ts'
import { readTar } from './read-tar.ts'

const Create = z.object({
  Image: z.string(),
  Cmd: z.array(z.string()),
  Env: z.array(z.string()),
  Labels: z.record(z.string(), z.string()).default({}),
  HostConfig: z.looseObject({
    Memory: z.int(),
    PidsLimit: z.int(),
    Tmpfs: z.record(z.string(), z.string()),
  }),
})

type Container = {
  readonly spec: z.infer<typeof Create>
  readonly files: Map<string, Uint8Array>
  socket?: Duplex
  parked?: Parked
  isOutOfMemory: boolean
  /** In seconds of the epoch, as the engine gives it. */
  createdAt: number
  readonly exit: PromiseWithResolvers<number>
}

export type DockerStandIn = {
  readonly port: number
  /** What containers were asked for, as it came. */
  readonly created: readonly unknown[]
  containers(): number
  /** As if all there are had been made so much earlier. */
  age(seconds: number): void
  close(): void
}

/**
 * Speaks the Docker Engine API 1.43 on loopback as far as runs go, hijacked streams in frames included, and really runs each
 * container's command, behind bubblewrap. It is no engine: there are no images and no layers.
 */
export async function startDockerStandIn(image: Image, runtimes = ['runc', 'runsc']): Promise<DockerStandIn> {
  const containers = new Map<string, Container>()
  const created: unknown[] = []
  const server = createServer((asked, answer) => {
    handle(asked, answer).catch((error) => reply(answer, 500, { message: String(error) }))
  })

  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(asked.url ?? '', 'http://docker')
    const [, version, noun = '', id = '', verb = ''] = url.pathname.split('/')
    const body = await bodyOf(asked)
    if (version !== 'v1.43') return reply(answer, 400, { message: `client version ${version} is not known` })
    if (noun === 'info') return reply(answer, 200, { Runtimes: Object.fromEntries(runtimes.map((name) => [name, {}])) })
    if (noun === 'images') {
      const isThere = decodeURIComponent(id) === 'sandbox-image'
      return reply(answer, isThere ? 200 : 404, isThere ? { Id: 'sha256:0' } : { message: 'No such image' })
    }
    if (id === 'json') return reply(answer, 200, listed(url.searchParams.get('filters')))
    if (id === 'create') return create(JSON.parse(body.toString()), answer)
    const container = containers.get(id)
    if (!container) return reply(answer, 404, { message: `No such container: ${id}` })
    if (asked.method === 'DELETE') {
      container.parked?.end()
      containers.delete(id)
      return reply(answer, 204)
    }
    if (verb === 'archive') {
      for (const [path, bytes] of readTar(body)) container.files.set(`${url.searchParams.get('path')}${path}`, bytes)
      return reply(answer, 200)
    }
    if (verb === 'start') {
      start(container)
      return reply(answer, 204)
    }
    if (verb === 'wait') {
      // The engine sends its headers at once and the code when there is one.
      answer.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
      answer.end(JSON.stringify({ StatusCode: await container.exit.promise }))
      return
    }
    if (verb === 'json') return reply(answer, 200, { State: { OOMKilled: container.isOutOfMemory } })
    if (verb === 'kill') {
      container.parked?.end()
      return reply(answer, 204)
    }
    reply(answer, 404, { message: 'page not found' })
  }

  function listed(filters: string | null): unknown[] {
    const { label } = z.object({ label: z.array(z.string()).default([]) }).parse(JSON.parse(filters ?? '{}'))
    const has = ({ spec }: Container) =>
      label.every((each) => each === `${each.split('=')[0]}=${spec.Labels[each.split('=')[0] ?? '']}`)
    return [...containers]
      .filter(([, container]) => has(container))
      .map(([Id, { createdAt, spec }]) => ({ Id, Created: createdAt, Labels: spec.Labels }))
  }

  function create(asked: unknown, answer: ServerResponse): void {
    created.push(asked)
    const id = randomBytes(32).toString('hex')
    const spec = Create.parse(asked)
    containers.set(id, {
      spec,
      files: new Map(),
      isOutOfMemory: false,
      createdAt: Math.floor(Date.now() / 1000),
      exit: Promise.withResolvers(),
    })
    reply(answer, 201, { Id: id, Warnings: [] })
  }

  function start(container: Container): void {
    const { spec, files, socket, exit } = container
    const { Memory, PidsLimit, Tmpfs } = spec.HostConfig
    const size = Number(/size=(\d+)/.exec(Object.values(Tmpfs)[0] ?? '')?.[1] ?? 0)
    const env = Object.fromEntries(
      spec.Env.map((each) => [each.split('=', 1)[0] ?? '', each.slice(each.indexOf('=') + 1)]),
    )
    const limits = { memoryBytes: Memory, processCount: PidsLimit, fileBytes: Math.floor(size / 2) }
    const parked = image.start({ command: spec.Cmd, env, files, limits })
    container.parked = parked
    parked.child.stdout.on('data', (bytes: Buffer) => socket?.write(frame('stdout', bytes)))
    parked.child.stderr.on('data', (bytes: Buffer) => socket?.write(frame('stderr', bytes)))
    if (socket) socket.pipe(parked.child.stdin)
    void parked.closed.then(({ code, limitsMet }) => {
      container.isOutOfMemory = limitsMet.includes('memory')
      socket?.end()
      exit.resolve(code ?? 137)
    })
  }

  server.on('upgrade', (asked, socket) => {
    const [, , , id = '', verb] = new URL(asked.url ?? '', 'http://docker').pathname.split('/')
    const container = containers.get(id)
    if (!container || verb !== 'attach') return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    socket.on('error', () => {})
    socket.write(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    )
    container.socket = socket
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    created,
    containers: () => containers.size,
    age(seconds) {
      for (const container of containers.values()) container.createdAt -= seconds
    },
    close() {
      for (const { parked } of containers.values()) parked?.end()
      server.close()
      server.closeAllConnections()
    },
  }
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of asked) parts.push(part)
  return Buffer.concat(parts)
}

function reply(answer: ServerResponse, status: number, body?: unknown): void {
  answer.writeHead(status, { 'Content-Type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
}
