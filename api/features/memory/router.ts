import {
  EditMemory,
  ListMemories,
  MemoryInput,
  PlanInput,
  Remember,
  TidyInput,
  UntidyInput,
} from '#shared/memory/contract.ts'
import { requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { editMemory } from './edit-memory.ts'
import { forget, unforget } from './forget.ts'
import { readPlan } from './plan-store.ts'
import { remember } from './remember.ts'
import { searchMemories } from './search.ts'
import { listTidyings, tidy, undoTidying } from './tidy.ts'

export const memoryRouter = router({
  /** What a workspace can recall. */
  list: orgProcedure.input(ListMemories).query(async ({ ctx, input }) => {
    requireMay(ctx.org, 'memory.read')
    return await inSnapshot(ctx.org.db, ctx.org.orgId, (reader) => searchMemories(reader, input.workspaceId, input))
  }),
  remember: orgProcedure
    .input(Remember)
    .mutation(async ({ ctx, input }) => ({ memoryId: await remember(ctx.org, input) })),
  forget: orgProcedure.input(MemoryInput).mutation(({ ctx, input }) => forget(ctx.org, input.memoryId)),
  unforget: orgProcedure.input(MemoryInput).mutation(({ ctx, input }) => unforget(ctx.org, input.memoryId)),
  edit: orgProcedure.input(EditMemory).mutation(({ ctx, input }) => editMemory(ctx.org, input)),
  tidy: orgProcedure.input(TidyInput).mutation(({ ctx, input }) => tidy(ctx.org, input.workspaceId)),
  untidy: orgProcedure.input(UntidyInput).mutation(({ ctx, input }) => undoTidying(ctx.org, input.tidyingId)),
  tidyings: orgProcedure.input(TidyInput).query(({ ctx, input }) => listTidyings(ctx.org, input.workspaceId)),
  /** The plan of a delegation; null where its agent made none. */
  plan: orgProcedure.input(PlanInput).query(async ({ ctx, input }) => {
    requireMay(ctx.org, 'memory.read')
    const plan = await inSnapshot(ctx.org.db, ctx.org.orgId, (reader) => readPlan(reader, input.delegationId))
    return plan ? { items: plan.items } : null
  }),
})
