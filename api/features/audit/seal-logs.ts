import type { OrgId } from '#shared/kernel/ids.ts'
import type { Db } from '../../kernel/db.ts'
import { sealOnce, selectLogsToSeal } from './seal-store.ts'

const orgsAtOnce = 200
const eventsAtOnce = 1_000
/** What one look seals of one log; the rest follows at the next, so that a flood in one org lets the others come. */
const batchesAtOnce = 5

/** Chains what was committed since the last look. Any number of nodes may do so at once. */
export async function sealLogs(db: Db): Promise<void> {
  for (const orgId of await selectLogsToSeal(db, orgsAtOnce)) await sealLog(db, orgId, batchesAtOnce)
}

/** Up to the present, if nobody else is at it. */
export async function sealLog(db: Db, orgId: OrgId, batches = Number.POSITIVE_INFINITY): Promise<void> {
  for (let batch = 0; batch < batches; batch++) if ((await sealOnce(db, orgId, eventsAtOnce)) === 0) return
}
