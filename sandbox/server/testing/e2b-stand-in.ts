import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { endEnvelope, envelope, readEnvelopes } from '../e2b/connect.ts'
import type { Parked } from '../parked.ts'
import type { Image } from './image.ts'

const Create = z.looseObject({
  templateID: z.string(),
  timeout: z.int(),
  secure: z.literal(true),
  allow_internet_access: z.boolean(),
})
const Start = z.object({
  process: z.object({ cmd: z.string(), args: z.array(z.string()), envs: z.record(z.string(), z.string()) }),
  stdin: z.literal(true),
})
const Input = z.object({
  process: z.object({ pid: z.int() }),
  input: z.object({ stdin: z.base64() }).optional(),
})

type Machine = {
  readonly token: string
  readonly files: Map<string, Uint8Array>
  readonly processes: Map<number, Parked>
}

export type E2bStandIn = {
  readonly port: number
  readonly created: readonly unknown[]
  machines(): number
  close(): void
}

/**
 * Speaks E2B's REST API and its envd on one loopback address, as far as runs go, and really runs each process, behind
 * bubblewrap. It is no virtual machine: what is behind it is thrown away with each process.
 */
export async function startE2bStandIn(image: Image, apiKey: string): Promise<E2bStandIn> {
  const machines = new Map<string, Machine>()
  const created: unknown[] = []
  let nextPid = 100
  const server = createServer((asked, answer) => {
    handle(asked, answer).catch((error) => {
      if (!answer.headersSent) reply(answer, 500, { code: 500, message: String(error) })
      else answer.destroy()
    })
  })

  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(asked.url ?? '', 'http://e2b')
    if (url.pathname.startsWith('/sandboxes')) return await sandboxes(asked, answer, url)
    const machine = [...machines.values()].find(({ token }) => token === asked.headers['x-access-token'])
    if (!machine) return reply(answer, 401, { code: 401, message: 'unauthorized' })
    if (url.pathname === '/files') {
      const form = await new Response(new Uint8Array(await bodyOf(asked)), {
        headers: { 'Content-Type': asked.headers['content-type'] ?? '' },
      }).formData()
      const file = form.get('file')
      if (!(file instanceof Blob)) return reply(answer, 400, { code: 400, message: 'no file' })
      machine.files.set(url.searchParams.get('path') ?? '', new Uint8Array(await file.arrayBuffer()))
      return reply(answer, 200, [])
    }
    if (asked.headers['connect-protocol-version'] !== '1') return reply(answer, 400, { code: 'invalid_argument' })
    if (url.pathname === '/process.Process/Start') return await start(machine, asked, answer)
    const { process, input } = Input.parse(JSON.parse((await bodyOf(asked)).toString()))
    const parked = machine.processes.get(process.pid)
    if (!parked) return reply(answer, 404, { code: 'not_found', message: 'process not found' })
    if (url.pathname === '/process.Process/SendInput')
      parked.child.stdin.write(Buffer.from(input?.stdin ?? '', 'base64'))
    if (url.pathname === '/process.Process/CloseStdin') parked.child.stdin.end()
    reply(answer, 200, {})
  }

  async function sandboxes(asked: IncomingMessage, answer: ServerResponse, url: URL): Promise<void> {
    if (asked.headers['x-api-key'] !== apiKey) return reply(answer, 401, { code: 401, message: 'Invalid API key' })
    if (asked.method === 'GET') return reply(answer, 200, [])
    if (asked.method === 'DELETE') {
      const id = url.pathname.split('/')[2] ?? ''
      for (const parked of machines.get(id)?.processes.values() ?? []) parked.end()
      return reply(answer, machines.delete(id) ? 204 : 404)
    }
    const spec = Create.parse(JSON.parse((await bodyOf(asked)).toString()))
    created.push(spec)
    const id = randomUUID().slice(0, 20)
    const token = randomUUID()
    machines.set(id, { token, files: new Map(), processes: new Map() })
    const { templateID } = spec
    reply(answer, 201, { sandboxID: id, templateID, clientID: 'none', envdVersion: '0.4.0', envdAccessToken: token })
  }

  async function start(machine: Machine, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { value } = await readEnvelopes(asked).next()
    const { process } = Start.parse(value)
    const pid = nextPid++
    const { cmd, args, envs } = process
    const parked = image.start({ command: [cmd, ...args], env: envs, files: machine.files, limits: {} })
    machine.processes.set(pid, parked)
    answer.writeHead(200, { 'Content-Type': 'application/connect+json' })
    const tell = (event: unknown) => void answer.write(envelope({ event }))
    tell({ start: { pid } })
    parked.child.stdout.on('data', (bytes: Buffer) => tell({ data: { stdout: bytes.toString('base64') } }))
    parked.child.stderr.on('data', (bytes: Buffer) => tell({ data: { stderr: bytes.toString('base64') } }))
    const { code } = await parked.closed
    tell({ keepalive: {} })
    const wasKilled = code === null || code >= 128
    // As the JSON form of the protocol does, zeros are left out.
    if (wasKilled) tell({ end: { exitCode: -1, status: 'signal: killed' } })
    else tell({ end: { ...(code !== 0 && { exitCode: code }), exited: true, status: `exit status ${code}` } })
    answer.end(endEnvelope())
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    created,
    machines: () => machines.size,
    close() {
      for (const { processes } of machines.values()) for (const parked of processes.values()) parked.end()
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
