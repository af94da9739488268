import { initTRPC } from '@trpc/server'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import express from 'express'
import { z } from 'zod'
import { listLiving } from '#api/features/workspaces/load-chart.ts'
import { present } from '#api/features/workspaces/present.ts'
import { selectSeq } from '#api/features/workspaces/store.ts'
import type { Reader, Row } from '#api/kernel/db.ts'
import { openPool } from '#api/kernel/pool.ts'
import { prepared, type Sql } from '#api/kernel/sql.ts'
import { OrgId } from '#shared/kernel/ids.ts'

/**
 * The bare procedure: the same reads and the same answer over the same HTTP and tRPC, without session, role, limits, headers,
 * log and transaction, and by a superuser, whom no row-level security checks.
 */
export function createBareApp(adminUrl: string) {
  const pool = openPool({
    connectionString: adminUrl,
    max: 12,
    pipeline: true,
    options: '-c plan_cache_mode=force_generic_plan',
  })
  const t = initTRPC.create()
  const router = t.router({
    list: t.procedure.input(z.object({ orgId: OrgId })).query(async ({ input }) => {
      const rows = async <R extends Row>(query: Sql) => (await pool.query<R>(prepared(query))).rows
      const reader: Reader = {
        orgId: input.orgId,
        rows,
        row: async <R extends Row>(query: Sql) => (await rows<R>(query))[0],
      }
      const [seq, living] = await Promise.all([selectSeq(reader), listLiving(reader)])
      return { seq, workspaces: living.map(present) }
    }),
  })
  const app = express()
  app.use('/api/trpc', createExpressMiddleware({ router }))
  return { app, stop: () => pool.end() }
}
