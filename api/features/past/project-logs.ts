import type { OrgId } from '#shared/kernel/ids.ts'
import { type Db, inSnapshot, inTransaction } from '../../kernel/db.ts'
import { stateAt } from './seek.ts'
import { insertProjection, selectHead, selectOrgsToProject, selectProjection } from './store.ts'

/** A look at the past reads at most about this many events. */
const everyEvents = 2_000
const orgsAtOnce = 20

/** Keeps a projection of each log that has grown. Two nodes that do the same write the same. */
export async function projectLogs(db: Db, every = everyEvents): Promise<void> {
  for (const orgId of await selectOrgsToProject(db, every, orgsAtOnce)) {
    for (;;) {
      const next = await inSnapshot(db, orgId, async (reader) => {
        const [head, last] = await Promise.all([selectHead(reader), selectProjection(reader, Number.MAX_SAFE_INTEGER)])
        const upTo = last.seq + every
        return upTo <= head ? await stateAt(reader, upTo, last) : undefined
      })
      if (!next) break
      await inTransaction({ db, orgId, actor: clock }, (tx) => insertProjection(tx, next))
    }
  }
}

const clock = { kind: 'system', name: 'clock' } as const

/** Keeps the projection at this number too: from there on the past can be told without what came before. */
export async function projectAt(db: Db, orgId: OrgId, seq: number): Promise<void> {
  const state = await inSnapshot(db, orgId, (reader) => stateAt(reader, seq))
  await inTransaction({ db, orgId, actor: clock }, (tx) => insertProjection(tx, state))
}
