import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client'
import type { McpTransport } from '#shared/mcp/contract.ts'
import { withSecrets } from '#shared/mcp/secret-names.ts'
import { fetchOf } from './http-fetch.ts'
import { ConfinedTransport } from './stdio-transport.ts'
import { troubleWith } from './trouble.ts'

/** A session with a server. */
export type Link = {
  readonly client: Client
  isGone(): boolean
  /** Whether the server gave it an id that goes with each request, so that it can say that it does not know it any more. */
  hasId(): boolean
  /** What a program wrote to its standard error last. */
  lastWords(): string
  /** Ends it. What goes wrong with that changes nothing, so it is told to `onUnclosed` and not thrown. */
  close(): Promise<void>
}

export type Reaching = {
  name: string
  transport: McpTransport
  secrets: Readonly<Record<string, string>>
  timeoutMs: number
  /** Hears that the server says its list of tools is another now. */
  onListChanged(): void
  /** Hears that something went wrong with the session: in a call, which says so itself, or while nobody calls. */
  onBroken(error: unknown): void
  onUnclosed(error: unknown): void
}

const beginMs = 20_000

/** Begins a session. Throws AppError `unavailable` with what the server, or the way to it, said. */
export async function connect(reaching: Reaching, signal: AbortSignal): Promise<Link> {
  try {
    return await begin(reaching, 'auto', signal)
  } catch (error) {
    // A program that ends at a word it does not know speaks the older protocol; it is started anew.
    if (signal.aborted || !(error instanceof EndedEarly)) throw error
    return await begin(reaching, 'legacy', signal)
  }
}

/** The program ended before there was a session. */
class EndedEarly extends Error {}

async function begin(reaching: Reaching, mode: 'auto' | 'legacy', signal: AbortSignal): Promise<Link> {
  const transport = transportOf(reaching)
  const words = () => (transport instanceof ConfinedTransport ? transport.lastWords : '')
  let isGone = false
  const client = new Client(
    { name: 'delegraph', version: '1' },
    {
      capabilities: {},
      versionNegotiation: { mode, probe: { timeoutMs: 5_000 } },
      listMaxPages: 50,
      // A schema is data: none of a server's is compiled into code.
      jsonSchemaValidator: {
        getValidator() {
          throw new Error('schemas of servers are not compiled')
        },
      },
      listChanged: { tools: { autoRefresh: false, debounceMs: 50, onChanged: reaching.onListChanged } },
    },
  )
  client.onclose = () => {
    isGone = true
  }
  client.onerror = reaching.onBroken
  const close = (what: Pick<Transport, 'close'>) => what.close().catch(reaching.onUnclosed)
  try {
    await client.connect(transport, { timeout: beginMs, signal })
    const hasId = () => transport instanceof StreamableHTTPClientTransport && transport.sessionId !== undefined
    return { client, isGone: () => isGone, hasId, lastWords: words, close: () => close(client) }
  } catch (error) {
    const endedEarly = mode === 'auto' && transport instanceof ConfinedTransport && transport.hasEnded
    await close(client)
    await close(transport)
    if (signal.aborted) throw error
    const trouble = troubleWith(reaching.name, error, words())
    if (endedEarly) throw new EndedEarly(trouble.message, { cause: trouble })
    throw trouble
  }
}

function transportOf({ transport, secrets, timeoutMs }: Reaching): Transport {
  if (transport.kind === 'stdio') return new ConfinedTransport(transport, withSecrets(transport.env, secrets))
  const url = new URL(transport.url)
  return new StreamableHTTPClientTransport(url, {
    fetch: fetchOf(url, timeoutMs),
    requestInit: { headers: withSecrets(transport.headers, secrets) },
    reconnectionOptions: {
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 10_000,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 3,
    },
  })
}
