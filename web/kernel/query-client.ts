import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { readProblem } from './app-error.ts'

/** An answer that takes longer is given up for a fresh one. */
const slowMs = 5_000
/** After this time a list that could not be read again is asked for once more. */
const againMs = 5_000

/** Events keep the cache true, so nothing is fetched again for its age or a window's focus. */
export function makeQueryClient(): EventFedClient {
  return new EventFedClient()
}

/**
 * Events say that what is shown is old. What is on its way then may know of it or not, nobody can tell: it is let arrive, so
 * that a busy org is seen at all, and asked for once more after it. The library would take a first answer for an answer to
 * the event, and throw every later one away unread.
 */
export class EventFedClient extends QueryClient {
  readonly #after = new WeakMap<Query, Promise<void>>()
  readonly #begun = new WeakMap<Query, number>()

  constructor() {
    super({
      queryCache: new QueryCache({ onError: (error, query) => this.#askLater(error, query) }),
      defaultOptions: {
        queries: {
          ...{ staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, throwOnError: false },
          // An answer that says no will say it again.
          retry: (failures, error) => failures < 2 && ['offline', 'unavailable'].includes(readProblem(error).code),
        },
        mutations: { retry: false },
      },
    })
    this.getQueryCache().subscribe((told) => {
      if (told.type === 'updated' && told.action.type === 'fetch') this.#begun.set(told.query, performance.now())
    })
  }

  override async invalidateQueries<TaggedKey extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<TaggedKey>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
    const again = underWay.map((query) => this.#askAfter(query))
    await super.invalidateQueries(filters, { cancelRefetch: false, ...options })
    await Promise.all(again)
  }

  /** Reads again what is on the screen and could not be read when it changed: the server is back. */
  async readMissed(): Promise<void> {
    await this.refetchQueries({
      type: 'active',
      predicate: ({ state }) => state.status === 'error' || state.isInvalidated,
    })
  }

  #askAfter(query: Query): Promise<void> {
    const due = this.#after.get(query)
    if (due) return due
    const ask = (cancelRefetch: boolean) =>
      super.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch })
    const isSlow = performance.now() - (this.#begun.get(query) ?? 0) > slowMs
    if (isSlow && query.state.data !== undefined) return ask(true)
    const begin = () => {
      this.#after.delete(query)
      return ask(false)
    }
    const after = (query.promise ?? Promise.resolve()).then(begin, begin)
    this.#after.set(query, after)
    return after
  }

  /** The stream tells when a server that was gone is back; of one that had too much to do nobody tells. */
  #askLater(error: unknown, query: Query<unknown, unknown, unknown>): void {
    const { code } = readProblem(error)
    if (query.state.data === undefined || code === 'offline' || code === 'forbidden' || code === 'not-found') return
    setTimeout(() => {
      if (query.isActive() && query.state.status === 'error') void query.fetch().catch(() => undefined)
    }, againMs)
  }
}
