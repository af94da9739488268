import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgContext, Origin } from '../actor.ts'
import type { Db } from '../pool.ts'
import type { EndpointClass } from './endpoint-class.ts'
import { limitsOf } from './of-db.ts'
import { spendExpensive } from './rate-store.ts'

type Request = {
  db: Db
  orgId: OrgId
  kind: EndpointClass
  origin: Origin | undefined
  signal?: AbortSignal | undefined
}

const knownForMs = 60_000
const knownAtMost = 20_000

/**
 * Does the work of a request in an org at the org's pace. Only who is of the org can use up what it may: strangers are told
 * so first. Who was found to be of it a moment ago waits before the database is asked again, so that a flood costs little.
 */
export async function throughGate<T>(
  { db, orgId, kind, origin, signal }: Request,
  find: () => Promise<OrgContext>,
  work: (org: OrgContext) => Promise<T>,
): Promise<T> {
  const limits = limitsOf(db)
  if (!limits) return await work(await find())
  const { gates, known, finding } = limits
  if (kind === 'expensive') {
    const org = await find()
    await spendExpensive(org)
    return await work(org)
  }
  const name = origin?.proof ? `${origin.proof.id}/${orgId}` : undefined
  if (name !== undefined && (known.get(name) ?? 0) > Date.now()) {
    return await gates.pass(orgId, kind, async () => await work(await find()), signal)
  }
  if (name === undefined) {
    const org = await find()
    return await gates.pass(orgId, kind, () => work(org), signal)
  }
  // Of many at once the first finds out; the others wait for it, and then for their turn.
  const first = finding.get(name)
  if (first && (await first)) return await gates.pass(orgId, kind, async () => await work(await find()), signal)
  const found = find()
  const isOfIt = found.then(
    () => true,
    () => false,
  )
  finding.set(name, isOfIt)
  void isOfIt.then(() => finding.delete(name))
  const org = await found
  if (known.size >= knownAtMost) known.clear()
  known.set(name, Date.now() + knownForMs)
  return await gates.pass(orgId, kind, () => work(org), signal)
}
