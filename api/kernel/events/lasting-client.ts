import pg from 'pg'

export type LastingClient = {
  /** Settles after the first attempt to connect. */
  opened: Promise<void>
  current(): pg.Client | undefined
  stop(): Promise<void>
}

const firstRetryMs = 50
const lastRetryMs = 1_000

/**
 * One connection of its own that comes back by itself after a loss. `onReady` runs on every new connection before it is
 * handed out.
 */
export function openLastingClient(
  connectionString: string,
  onReady: (client: pg.Client) => Promise<void>,
): LastingClient {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let retryMs = firstRetryMs
  let isStopped = false

  const connect = async () => {
    const next = new pg.Client({
      connectionString,
      application_name: 'delegraph-events',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    let isLost = false
    const lose = () => {
      if (isLost) return
      isLost = true
      if (client === next) client = undefined
      next.end().catch(() => {})
      if (isStopped) return
      timer = setTimeout(() => void connect(), retryMs)
      retryMs = Math.min(retryMs * 2, lastRetryMs)
    }
    next.on('error', lose)
    next.on('end', lose)
    try {
      await next.connect()
      await onReady(next)
      if (isStopped || isLost) return lose()
      client = next
      retryMs = firstRetryMs
    } catch {
      lose()
    }
  }

  const opened = connect()
  return {
    opened,
    current: () => client,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await opened
      await client?.end().catch(() => {})
    },
  }
}
