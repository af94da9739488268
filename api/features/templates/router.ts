import { CancelImport } from '#shared/templates/import.ts'
import { NewOrgFromTemplate } from '#shared/templates/library.ts'
import { orgProcedure, router, userProcedure } from '../../kernel/trpc.ts'
import { cancelImport } from './cancel-import.ts'
import { listLibrary } from './library.ts'
import { orgFromTemplate } from './org-from-template.ts'

/** Imports themselves come by a route of their own: they are long, and say how far they are. */
export const templatesRouter = router({
  library: userProcedure.query(() => [...listLibrary()]),
  createOrg: userProcedure
    .input(NewOrgFromTemplate)
    .mutation(({ ctx, input }) => orgFromTemplate(ctx.db, { ...input, owner: ctx.user, origin: ctx.origin })),
  cancelImport: orgProcedure.input(CancelImport).mutation(({ ctx, input }) => cancelImport(ctx.org, input)),
})
