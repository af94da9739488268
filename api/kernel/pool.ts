import pg from 'pg'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'

export type Db = {
  /** Pool of the app's role: owns no table, bypasses no policy. */
  readonly pool: pg.Pool
  /** Called after a commit that appended events, with the org. Never awaited by the transaction. */
  readonly onAppended: (orgId: OrgId) => void
}

export type PoolOptions = {
  connectionString: string
  max?: number
  /** How long a request waits for a free connection before it answers busy. */
  patienceMs?: number
  onAppended?: (orgId: OrgId) => void
}

export function openDb({ connectionString, max = 12, patienceMs = 5_000, onAppended = () => {} }: PoolOptions): Db {
  // Statements are prepared and short: planning one anew for its parameters costs more than it ever gains.
  const options = '-c plan_cache_mode=force_generic_plan'
  const pool = openPool({ connectionString, max, connectionTimeoutMillis: patienceMs, pipeline: true, options })
  return { pool, onAppended }
}

/** A pool whose connections never hang for ever and never end the process when the server goes away. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    application_name: 'delegraph',
    keepAlive: true,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    ...config,
  })
  // A lost server is reported by the query or the next checkout; as an event without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A connection out of the pool; throws busy or unavailable, in words. */
export async function connect({ pool }: Db): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    if (pool.totalCount >= pool.options.max) {
      throw new AppError('busy', 'The server has more to do than it can take.', {
        fix: 'Try again in a moment.',
        cause,
      })
    }
    throw new AppError('unavailable', 'The database does not answer.', {
      fix: 'Try again in a moment; if it stays so, look whether the database runs.',
      cause,
    })
  }
}
