import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { readProblem } from './app-error.ts'

/** So often in a row is an answer given up for a newer one; the next is let arrive. */
const mostGivenUp = 2
/** After this time a list that could not be read again is asked for once more. */
const againMs = 5_000

/** Events keep the cache true, so nothing is fetched again for its age or a window's focus. */
export function makeQueryClient(): EventFedClient {
  return new EventFedClient()
}

/**
 * Events and acts say that what is shown is old; the answer on its way may know of it or not. It is given up for a newer one,
 * but not for ever: in a busy org it is let arrive, so that it is seen at all, and asked for once more after it. So is a first
 * answer, which the library would take for the answer to the event as well.
 */
export class EventFedClient extends QueryClient {
  readonly #after = new WeakMap<Query, Promise<void>>()
  readonly #givenUp = new WeakMap<Query, number>()

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
      if (told.type === 'updated' && told.action.type === 'success') this.#givenUp.delete(told.query)
    })
  }

  override async invalidateQueries<TaggedKey extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<TaggedKey>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
    const arriving = underWay.filter((query) => this.#letsArrive(query))
    const again = arriving.map((query) => this.#askAfter(query))
    const left = new Set<object>(arriving)
    const others: InvalidateQueryFilters<TaggedKey> = {
      ...filters,
      predicate: (query) => !left.has(query) && (filters?.predicate?.(query) ?? true),
    }
    await super.invalidateQueries(others, options)
    await Promise.all(again)
  }

  /** Reads again what is on the screen and could not be read when it changed: the server is back. */
  async readMissed(): Promise<void> {
    await this.refetchQueries({
      type: 'active',
      predicate: ({ state }) => state.status === 'error' || state.isInvalidated,
    })
  }

  #letsArrive(query: Query): boolean {
    const before = this.#givenUp.get(query) ?? 0
    if (query.state.data === undefined || before >= mostGivenUp) return true
    this.#givenUp.set(query, before + 1)
    return false
  }

  #askAfter(query: Query): Promise<void> {
    const due = this.#after.get(query)
    if (due) return due
    const begin = () => {
      this.#after.delete(query)
      return super.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false })
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
