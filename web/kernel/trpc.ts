import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#api/router.ts'
import { hearPerson, person, personHeader } from './person.ts'
import { makeQueryClient } from './query-client.ts'

/** Server state lives only here; events keep it true (see `app/live.ts`). */
export const queryClient = makeQueryClient()

/** What was typed by one is never sent as another's: the server refuses what comes from somebody else's page. */
const asPerson = {
  url: '/api/trpc',
  headers: (): Record<string, string> => {
    const id = person()
    return id === undefined ? {} : { [personHeader]: id }
  },
  fetch: async (url: RequestInfo | URL | string, options?: RequestInit) => {
    const answer = await fetch(url, options)
    hearPerson(answer.headers.get(personHeader))
    return answer
  },
}

export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      // A preview names every workspace that would move: too long for an address.
      // And what is typed waits for nothing else that is asked at the same time.
      condition: ({ path }) => path === 'moves.preview' || path === 'copies.take' || path.startsWith('drafts.'),
      true: httpLink({ ...asPerson, methodOverride: 'POST' }),
      false: httpBatchLink({ ...asPerson, maxURLLength: 8_000, maxItems: 20 }),
    }),
  ],
})

/** Query and mutation options by path: `useQuery(trpc.workspaces.list.queryOptions({ orgId }))`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })
