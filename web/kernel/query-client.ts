import { QueryClient } from '@tanstack/react-query'

/** Events keep the cache true, so nothing is fetched again for its age or a window's focus. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: 2, throwOnError: false },
      mutations: { retry: false },
    },
  })
}
