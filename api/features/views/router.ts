import { OrgInput } from '#shared/orgs/contract.ts'
import { KeepLook, RenameView, SaveView, ViewInput } from '#shared/views/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { deleteView, keepLastLook, listViews, readLastLook, renameView, saveView } from './keep-views.ts'

export const viewsRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listViews(ctx.org)),
  save: orgProcedure.input(SaveView).mutation(({ ctx, input }) => saveView(ctx.org, input)),
  rename: orgProcedure.input(RenameView).mutation(({ ctx, input }) => renameView(ctx.org, input)),
  delete: orgProcedure.input(ViewInput).mutation(({ ctx, input }) => deleteView(ctx.org, input)),
  lastLook: orgProcedure.input(OrgInput).query(({ ctx }) => readLastLook(ctx.org)),
  keepLook: orgProcedure.input(KeepLook).mutation(({ ctx, input }) => keepLastLook(ctx.org, input)),
})
