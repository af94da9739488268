import { type ModelTest, RemoveAlias, SetAlias, TestModel } from '#shared/models/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { listCatalogue } from './list-catalogue.ts'
import { removeAlias, setAlias } from './set-alias.ts'

/** Trying a model is work like any other, so it comes from where work is done. */
type Try = (context: OrgContext, given: { model: string }) => Promise<ModelTest>

export function modelsRouter(testModel: Try) {
  return router({
    catalogue: orgProcedure.input(OrgInput).query(({ ctx }) => listCatalogue(ctx.org)),
    setAlias: orgProcedure.input(SetAlias).mutation(({ ctx, input }) => setAlias(ctx.org, input)),
    removeAlias: orgProcedure.input(RemoveAlias).mutation(({ ctx, input }) => removeAlias(ctx.org, input)),
    test: orgProcedure.input(TestModel).mutation(({ ctx, input }) => testModel(ctx.org, input)),
  })
}
