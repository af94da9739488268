import { AppError } from '#shared/kernel/app-error.ts'
import { type AddRoute, type Route, RouteId } from '#shared/notify/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { deleteRoute, insertRoute, selectRoutes } from './store.ts'

const maxRoutes = 200

export async function listRoutes(context: OrgContext): Promise<Route[]> {
  requireMay(context, 'notify.read')
  return await inSnapshot(context.db, context.orgId, selectRoutes)
}

export async function addRoute(context: OrgContext, { category, to }: Omit<AddRoute, 'orgId'>): Promise<Route> {
  requireMay(context, 'notify.routes.write')
  const route = { id: RouteId.parse(uuidv7()), category, to }
  await inTransaction(context, async (tx) => {
    if (to.kind === 'workspace') await requireWorkspace(tx, to.workspaceId)
    if ((await selectRoutes(tx)).length >= maxRoutes) {
      throw new AppError('too-large', `There may be ${maxRoutes} routes at most.`, { fix: 'Remove some first.' })
    }
    if (!(await insertRoute(tx, route))) {
      throw new AppError('conflict', `Word of ${category} goes there already.`, { field: 'category' })
    }
    tx.tell({ type: 'notify.routes-changed', payload: {} })
  })
  return route
}

export async function removeRoute(context: OrgContext, id: RouteId): Promise<void> {
  requireMay(context, 'notify.routes.write')
  await inTransaction(context, async (tx) => {
    if (!(await deleteRoute(tx, id))) throw new AppError('not-found', 'There is no such route.')
    tx.tell({ type: 'notify.routes-changed', payload: {} })
  })
}
