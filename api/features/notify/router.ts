import { AddRoute, RemoveRoute } from '#shared/notify/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { addRoute, listRoutes, removeRoute } from './routes.ts'

export const notifyRouter = router({
  routes: orgProcedure.input(OrgInput).query(({ ctx }) => listRoutes(ctx.org)),
  addRoute: orgProcedure.input(AddRoute).mutation(({ ctx, input }) => addRoute(ctx.org, input)),
  removeRoute: orgProcedure.input(RemoveRoute).mutation(({ ctx, input }) => removeRoute(ctx.org, input.id)),
})
