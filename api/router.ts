import { router } from './kernel/trpc.ts'

/** One line a feature. */
export const appRouter = router({})

export type AppRouter = typeof appRouter
