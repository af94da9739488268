import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { readProblem } from './app-error.ts'

/** Events keep the cache true, so nothing is fetched again for its age or a window's focus. */
export function makeQueryClient(): QueryClient {
  return new EventFedClient({
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

/**
 * An event that comes while the first answer of a query is still on its way: whether that answer knows of it, nobody can
 * tell. The library takes it for an answer to the event as well; here the query is asked once more.
 */
class EventFedClient extends QueryClient {
  readonly #overtaken = new WeakSet<Query>()

  override invalidateQueries<TaggedKey extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<TaggedKey>,
    options?: InvalidateOptions,
  ): Promise<void> {
    for (const query of this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) this.#askAgain(query)
    return super.invalidateQueries(filters, options)
  }

  #askAgain(query: Query): void {
    if (query.state.data !== undefined || this.#overtaken.has(query)) return
    this.#overtaken.add(query)
    const again = () => {
      this.#overtaken.delete(query)
      void this.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }
    query.promise?.then(again, again)
  }
}
