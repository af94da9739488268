import { orgsRouter } from './features/orgs/router.ts'
import { router } from './kernel/trpc.ts'

/** One line a feature. */
export const appRouter = router({
  orgs: orgsRouter,
})

export type AppRouter = typeof appRouter
