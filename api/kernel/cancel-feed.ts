import { z } from 'zod'
import { openLastingClient } from './events/lasting-client.ts'
import { cancelChannel } from './wake.ts'

const Notice = z.array(z.string())
type Listener = (delegationIds: readonly string[]) => void

/** Hears what any node cancels, so that a model call in flight is aborted at once instead of at the next heartbeat. */
export function openCancelFeed(connectionString: string): {
  onCancel(listener: Listener): () => void
  stop(): Promise<void>
} {
  const listeners = new Set<Listener>()
  const client = openLastingClient(connectionString, async (connected) => {
    connected.on('notification', ({ payload }) => {
      const ids = Notice.safeParse(parseJson(payload ?? ''))
      if (ids.success) for (const listener of listeners) listener(ids.data)
    })
    await connected.query(`listen ${cancelChannel}`)
  })
  return {
    onCancel(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => client.stop(),
  }
}

/** Anyone with a connection may notify; what is no JSON says nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
