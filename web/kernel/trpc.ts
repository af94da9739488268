import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#api/router.ts'
import { makeQueryClient } from './query-client.ts'

/** Server state lives only here; events keep it true (see `app/live.ts`). */
export const queryClient = makeQueryClient()

export const client = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/api/trpc', maxURLLength: 8_000, maxItems: 20 })],
})

/** Query and mutation options by path: `useQuery(trpc.workspaces.list.queryOptions({ orgId }))`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })
