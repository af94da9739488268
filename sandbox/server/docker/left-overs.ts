import { z } from 'zod'
import { callEngine, type Endpoint, EngineRefusal } from './engine-api.ts'
import { hasEnded, thisInstance } from './instance.ts'

const runLabel = 'delegraph.sandbox'
const instanceLabel = 'delegraph.instance'
/** Far longer than any run may take: who started it is not there to take it away. */
const hourOld = 3_600

/** What our containers carry, so that they are known when whoever started them was killed. */
export function runLabels(): Record<string, string> {
  return { [runLabel]: 'run', [instanceLabel]: thisInstance() }
}

const Listed = z.array(
  z.object({ Id: z.string(), Created: z.number(), Labels: z.record(z.string(), z.string()).nullable() }),
)

/**
 * Ids of containers that nobody will take away: of a process of this machine that has ended, and of others those an hour old.
 * Several servers may use one engine; what runs for one that lives is none.
 */
export async function findLeftOvers(endpoint: Endpoint): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`${runLabel}=run`] }))
  const signal = AbortSignal.timeout(10_000)
  const path = `/containers/json?all=1&filters=${filters}`
  const listed = Listed.parse((await callEngine(endpoint, { method: 'GET', path, signal })).body)
  const now = Date.now() / 1000
  return listed
    .filter(({ Created, Labels }) => hasEnded(Labels?.[instanceLabel] ?? '') ?? Created < now - hourOld)
    .map(({ Id }) => Id)
}

/** Takes them away, whatever they do, and gives how many. Any number of servers may do it at once. */
export async function removeLeftOvers(endpoint: Endpoint): Promise<number> {
  const ids = await findLeftOvers(endpoint)
  let removed = 0
  for (const id of ids) {
    if (await removeContainer(endpoint, id)) removed++
  }
  return removed
}

/** Also ends what still runs in it. False where another does it already. */
async function removeContainer(endpoint: Endpoint, id: string): Promise<boolean> {
  try {
    await callEngine(endpoint, { method: 'DELETE', path: `/containers/${id}?force=1&v=1` })
    return true
  } catch (error) {
    if (error instanceof EngineRefusal && (error.status === 404 || error.status === 409)) return false
    throw error
  }
}
