import { z } from 'zod'
import type { Db } from './db.ts'
import { openLastingClient } from './events/lasting-client.ts'
import { cancelChannel, workChannel } from './wake.ts'

const Notice = z.array(z.string())
type Hear = { onCancel(delegationIds: readonly string[]): void; onWork(): void }

/**
 * A worker's own connection: its sign of life, by which others know that it is gone long before its leases run out, and its
 * ear for what other nodes cancel or leave to be done. It comes back by itself after a loss.
 */
export function openWorkerLine({ pool }: Db, worker: string, { onCancel, onWork }: Hear): { stop(): Promise<void> } {
  const { connectionString } = pool.options
  if (!connectionString) throw new Error('a worker needs the address of its database')
  const client = openLastingClient(connectionString, async (connected) => {
    connected.on('notification', ({ channel, payload }) => {
      if (channel === workChannel) return onWork()
      const ids = Notice.safeParse(parseJson(payload ?? ''))
      if (ids.success) onCancel(ids.data)
    })
    await connected.query('select pg_advisory_lock_shared(hashtextextended($1, 20263))', [worker])
    await connected.query(`listen ${cancelChannel}; listen ${workChannel}`)
    onWork()
  })
  return { stop: () => client.stop() }
}

/** Anyone with a connection may notify; what is no JSON says nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
