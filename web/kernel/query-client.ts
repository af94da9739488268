import { QueryClient } from '@tanstack/react-query'
import { readProblem } from './app-error.ts'

/** Events keep the cache true, so nothing is fetched again for its age or a window's focus. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        ...{ staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, throwOnError: false },
        // An answer that says no will say it again.
        retry: (failures, error) => failures < 2 && ['offline', 'unavailable'].includes(readProblem(error).code),
      },
      mutations: { retry: false },
    },
  })
}
