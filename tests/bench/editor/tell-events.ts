import { setTimeout as pause } from 'node:timers/promises'
import type { OrgContext } from '#api/kernel/actor.ts'
import { openDatabase } from '#api/kernel/database.ts'
import { inTransaction } from '#api/kernel/db.ts'
import { openLiveDb } from '#api/kernel/events/live-db.ts'
import { sql } from '#api/kernel/sql.ts'
import { uuidv7 } from '#api/kernel/uuid.ts'
import { DelegationId, type OrgId, type WorkspaceId } from '#shared/kernel/ids.ts'

/** As many in one transaction, so that telling costs this machine little of what is measured. */
const atOnce = 20
const turns = ['child', 'approval', 'input', 'budget', 'retry'] as const

type Telling = { dataDir: string; orgId: OrgId; perSecond: number }

/** Lets the agents of an org change their state until stopped; gives how many events a second were told. */
export async function tellEvents({ dataDir, orgId, perSecond }: Telling): Promise<{ stop: () => Promise<number> }> {
  const database = await openDatabase({ dataDir })
  const live = openLiveDb(database.appUrl, (error) => console.error(error))
  const context: OrgContext = { db: live.db, orgId, actor: { kind: 'system', name: 'bench' } }
  const agents = await inTransaction(context, (tx) =>
    tx.rows<{ id: WorkspaceId }>(sql`select id from workspaces where org_id = ${orgId} and deleted_at is null`),
  )
  const work = agents.map(({ id }) => ({
    ...{ delegationId: DelegationId.parse(uuidv7()), workspaceId: id, fromWorkspaceId: null },
  }))
  await inTransaction(context, async (tx) => {
    for (const of of work) {
      tx.tell({
        type: 'delegation.queued',
        payload: { ...of, parentId: null, rootId: of.delegationId, priority: 'normal' },
      })
      tx.tell({ type: 'delegation.started', payload: of })
    }
  })
  const life = new AbortController()
  const began = performance.now()
  let told = 0
  const telling = (async () => {
    while (!life.signal.aborted) {
      await inTransaction(context, async (tx) => {
        for (let one = 0; one < atOnce; one++) {
          const of = work[(told + one) % work.length]
          const waitingFor = turns[Math.floor((told + one) / work.length) % turns.length] ?? 'child'
          if (of) tx.tell({ type: 'delegation.waiting', payload: { ...of, waitingFor } })
        }
      })
      told += atOnce
      const due = began + (told / perSecond) * 1_000
      await pause(Math.max(0, due - performance.now()))
    }
  })()
  return {
    stop: async () => {
      life.abort()
      await telling
      const perSecondTold = told / ((performance.now() - began) / 1_000)
      await live.stop()
      await database.stop()
      return perSecondTold
    },
  }
}
