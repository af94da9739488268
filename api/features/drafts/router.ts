import { PushDraft, ReadDraft, SaveDraft, SayGone, SayHere } from '#shared/drafts/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { pushDraft } from './push-draft.ts'
import { followSaved, readDraft } from './read-draft.ts'
import { saveDraft } from './save-draft.ts'
import { sayGone, sayHere } from './say-here.ts'

export const draftsRouter = router({
  read: orgProcedure.input(ReadDraft).query(({ ctx, input }) => readDraft(ctx.org, input)),
  follow: orgProcedure.input(ReadDraft).mutation(({ ctx, input }) => followSaved(ctx.org, input)),
  push: orgProcedure.input(PushDraft).mutation(({ ctx, input }) => pushDraft(ctx.org, input)),
  save: orgProcedure.input(SaveDraft).mutation(({ ctx, input }) => saveDraft(ctx.org, input)),
  here: orgProcedure.input(SayHere).mutation(({ ctx, input }) => sayHere(ctx.org, input)),
  gone: orgProcedure.input(SayGone).mutation(({ ctx, input }) => sayGone(ctx.org, input)),
})
