import { MarkGuide, ShowGuide } from '#shared/onboarding/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { getGuide, markGuide, showGuide } from './follow-guide.ts'

export const onboardingRouter = router({
  guide: orgProcedure.input(OrgInput).query(({ ctx }) => getGuide(ctx.org)),
  mark: orgProcedure.input(MarkGuide).mutation(({ ctx, input }) => markGuide(ctx.org, input)),
  show: orgProcedure.input(ShowGuide).mutation(({ ctx, input }) => showGuide(ctx.org, input)),
})
