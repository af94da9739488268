import { lookup as systemLookup } from 'node:dns/promises'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { connect, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { isHostAllowed } from '#shared/sandbox/allowed-host.ts'
import type { NetworkAttempt, NetworkRules } from '../../sandbox.ts'
import { isPrivateAddress } from './private-addresses.ts'

export type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>

export type ProxyOptions = NetworkRules & {
  /** A path in a folder that nobody else may enter. */
  readonly socketPath: string
  onAttempt(attempt: NetworkAttempt): void
  readonly lookup?: Lookup
}

export type Proxy = { close(): void }

const idleMs = 30_000
const maxConnections = 64

/**
 * The one way out of a sandbox: an HTTP proxy (RFC 9110: CONNECT, and requests in absolute form) on a unix socket. It knows
 * names and not addresses: a name must be listed, is looked up here, and is reached at the very address that was looked at,
 * so that it cannot point elsewhere in between. Everything asked is told, what is refused as well.
 */
export async function openProxy({ socketPath, onAttempt, lookup = lookUp, ...rules }: ProxyOptions): Promise<Proxy> {
  const open = new Set<Duplex>()
  const decide = async (host: string, port: number): Promise<Decision> => {
    const decision = await whereTo({ host, port }, rules, lookup)
    const isAllowed = 'address' in decision
    onAttempt({ host, port, isAllowed, ...(!isAllowed && { why: decision.why }) })
    return decision
  }
  const server = createServer({ requestTimeout: 0 }, (asked, answer) => void forward(asked, answer, decide))
  server.maxConnections = maxConnections
  server.on('connection', (socket) => keep(open, socket))
  server.on('connect', (asked, socket, head) => void tunnel(asked, socket, head, decide, open))
  server.on('clientError', (_, socket) => void socket.destroy())
  await listen(server, socketPath)
  return {
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

type Target = { readonly host: string; readonly port: number }
type Decision = { readonly address: string } | { readonly why: string }
type Decide = (host: string, port: number) => Promise<Decision>

async function whereTo({ host, port }: Target, rules: NetworkRules, lookup: Lookup): Promise<Decision> {
  if (!isHostAllowed(rules.allowed, host, port)) {
    if (isIP(host) !== 0) return { why: `addresses are never allowed, only names are; ${host} is an address` }
    return { why: `${host}:${port} is not among the hosts this sandbox may reach` }
  }
  const found = await lookup(host).catch(() => [])
  const [first] = found
  if (first === undefined) return { why: `nobody knows the name ${host}` }
  if (rules.mayReachPrivate?.(host, port) === true) return first
  // One private address among public ones is how a name is made to point inside.
  if (found.some(({ address }) => isPrivateAddress(address)))
    return { why: `${host} is a private address, which the operator of this server does not allow` }
  return first
}

async function tunnel(
  asked: IncomingMessage,
  client: Duplex,
  head: Buffer,
  decide: Decide,
  open: Set<Duplex>,
): Promise<void> {
  client.on('error', () => client.destroy())
  const target = targetOf(URL.parse(`connect://${asked.url ?? ''}`))
  const decision = target ? await decide(target.host, target.port) : { why: 'CONNECT takes host:port' }
  if (!target || 'why' in decision) {
    const why = 'why' in decision ? decision.why : ''
    client.end(`HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${why}\n`)
    return
  }
  const outside = connect({ host: decision.address, port: target.port })
  keep(open, outside)
  outside.setTimeout(idleMs, () => outside.destroy())
  outside.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    outside.write(head)
    client.pipe(outside).pipe(client)
  })
  outside.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n'))
  outside.on('close', () => client.destroy())
  client.on('close', () => outside.destroy())
}

async function forward(asked: IncomingMessage, answer: ServerResponse, decide: Decide): Promise<void> {
  const url = URL.parse(asked.url ?? '')
  const target = url?.protocol === 'http:' ? targetOf(url) : undefined
  const decision = target ? await decide(target.host, target.port) : { why: 'only http:// and CONNECT are spoken' }
  if (!url || !target || 'why' in decision) {
    answer.writeHead(403, { 'Content-Type': 'text/plain' }).end(`${'why' in decision ? decision.why : ''}\n`)
    return
  }
  const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !ofOneHop.has(name)))
  const onward = request({
    ...{ host: decision.address, port: target.port, method: asked.method, path: `${url.pathname}${url.search}` },
    ...{ headers: { ...headers, host: url.host }, agent: false, timeout: idleMs },
  })
  onward.on('timeout', () => onward.destroy())
  onward.on('response', (arrived) => {
    answer.writeHead(arrived.statusCode ?? 502, arrived.headers)
    arrived.pipe(answer)
  })
  onward.on('error', () => {
    if (!answer.headersSent) answer.writeHead(502, { 'Content-Type': 'text/plain' })
    answer.end(`${target.host} cannot be reached.\n`)
  })
  answer.on('close', () => onward.destroy())
  asked.pipe(onward)
}

const ofOneHop = new Set([
  'host',
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'keep-alive',
  'te',
  'upgrade',
])

function targetOf(url: URL | null): Target | undefined {
  if (url === null || url.hostname === '') return undefined
  const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443))
  return { host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(), port }
}

async function lookUp(host: string): Promise<readonly { address: string }[]> {
  return await systemLookup(host, { all: true })
}

function keep(open: Set<Duplex>, socket: Socket): void {
  open.add(socket)
  socket.once('close', () => open.delete(socket))
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
