import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import type { Duplex } from 'node:stream'

/** Where an engine listens: a unix socket, or an address. */
export type Endpoint = { readonly socketPath: string } | { readonly host: string; readonly port: number }

/** Reads `unix:///var/run/docker.sock` or `http://127.0.0.1:2375`; undefined for what is neither. */
export function readEndpoint(text: string): Endpoint | undefined {
  const url = URL.parse(text)
  if (url?.protocol === 'unix:') return { socketPath: url.pathname }
  if (url?.protocol === 'http:' || url?.protocol === 'tcp:')
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 2375) }
  return undefined
}

export type Answer = { readonly status: number; readonly body: unknown }
type Asked = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly json?: unknown
  readonly tar?: Buffer
  readonly signal?: AbortSignal
}

/** One call of the Docker Engine API, version 1.43 (Docker 24 and later). Throws with the engine's words where it refuses. */
export async function callEngine(endpoint: Endpoint, { method, path, json, tar, signal }: Asked): Promise<Answer> {
  const sent = tar ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)))
  const type = tar ? 'application/x-tar' : 'application/json'
  const answer = await ask({ ...to(endpoint, path), method, signal, headers: headersOf(sent, type) }, sent)
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  const body = parse(Buffer.concat(parts).toString())
  const status = answer.statusCode ?? 0
  if (status >= 400) throw new EngineRefusal(status, messageOf(body))
  return { status, body }
}

export class EngineRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(`the engine refuses (${status}): ${message}`)
    this.status = status
  }
}

/** Takes over the connection as the container's streams: what is written is its input, what is read comes in frames. */
export function attachTo(
  endpoint: Endpoint,
  id: string,
  signal: AbortSignal,
): Promise<{ socket: Duplex; head: Buffer }> {
  const path = `/containers/${id}/attach?stream=1&stdin=1&stdout=1&stderr=1`
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ ...to(endpoint, path), method: 'POST', signal, agent: false },
      headers: { Host: 'docker', Connection: 'Upgrade', Upgrade: 'tcp' },
    })
    asked.on('upgrade', (_, socket, head) => resolve({ socket, head }))
    asked.on('response', ({ statusCode = 0 }) => reject(new EngineRefusal(statusCode, 'it does not hand over streams')))
    asked.on('error', reject)
    asked.end()
  })
}

function to(endpoint: Endpoint, path: string): RequestOptions {
  return { ...endpoint, path: `/v1.43${path}` }
}

function headersOf(sent: Buffer | undefined, type: string): Record<string, string | number> {
  return { Host: 'docker', ...(sent && { 'Content-Type': type, 'Content-Length': sent.length }) }
}

function ask(options: RequestOptions, sent: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, agent: false })
    asked.on('response', resolve)
    asked.on('error', reject)
    asked.end(sent)
  })
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

function messageOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message)
  return String(body ?? 'no reason given')
}
