import type { OrgId } from '#shared/kernel/ids.ts'
import { openLastingClient } from './lasting-client.ts'

export const channel = 'org_events'
const coalesceMs = 20
/** A payload holds at most 7,999 bytes; an id with its comma takes 37. */
const orgsInOne = 200

export type Notifier = { mark(orgId: OrgId): void; stop(): Promise<void> }

/**
 * Tells all nodes that orgs have new events: the first at once, what follows within 20 ms together. It goes over its own
 * connection after the commit; inside the transaction a NOTIFY would make all commits wait for each other. Only a hint:
 * readers look every second too.
 */
export function startNotifier(connectionString: string): Notifier {
  const dirty = new Set<OrgId>()
  const client = openLastingClient(connectionString, async () => {})
  let timer: NodeJS.Timeout | undefined

  const send = () => {
    timer = undefined
    if (dirty.size === 0) return
    timer = setTimeout(send, coalesceMs)
    const connection = client.current()
    // Not connected yet, or lost: what is dirty stays so.
    if (!connection) return
    const orgs = [...dirty]
    dirty.clear()
    for (let start = 0; start < orgs.length; start += orgsInOne) {
      const payload = orgs.slice(start, start + orgsInOne).join(',')
      connection.query('select pg_notify($1, $2)', [channel, payload]).catch(() => {})
    }
  }

  return {
    mark(orgId) {
      dirty.add(orgId)
      if (!timer) send()
    },
    async stop() {
      await client.opened
      send()
      clearTimeout(timer)
      await client.stop()
    },
  }
}
