import { Client } from 'pg'

/** The server's version when the database answers within the time; throws what the driver says otherwise. */
export async function reachDatabase(connectionString: string, withinMs = 5000): Promise<string> {
  const client = new Client({ connectionString, connectionTimeoutMillis: withinMs, query_timeout: withinMs })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return rows[0]?.server_version ?? 'unknown'
  } finally {
    await client.end().catch(() => {})
  }
}
