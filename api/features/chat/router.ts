import { AnswerAgain, Attach, DropAttachment, ListComms, ReadConversation, Say } from '#shared/chat/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { answerAgain } from './answer-again.ts'
import { attach, dropAttachment } from './attach.ts'
import { listComms } from './list-comms.ts'
import { readConversation } from './read-conversation.ts'
import { say } from './say.ts'

export const chatRouter = router({
  read: orgProcedure.input(ReadConversation).query(({ ctx, input }) => readConversation(ctx.org, input)),
  say: orgProcedure.input(Say).mutation(({ ctx, input }) => say(ctx.org, input)),
  again: orgProcedure
    .input(AnswerAgain)
    .mutation(({ ctx, input }) => answerAgain(ctx.org, input.delegationId, input.key)),
  comms: orgProcedure.input(ListComms).query(({ ctx, input }) => listComms(ctx.org, input)),
  attach: orgProcedure.input(Attach).mutation(({ ctx, input }) => attach(ctx.org, input)),
  dropAttachment: orgProcedure
    .input(DropAttachment)
    .mutation(({ ctx, input }) => dropAttachment(ctx.org, input.attachmentId)),
})
