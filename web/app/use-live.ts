import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { untilFetched } from '#web/kernel/lazy-part.ts'
import { workspacesQuery } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import type { StreamState } from '../kernel/live.ts'
import { queryClient, trpc } from '../kernel/trpc.ts'

const loadLive = () => untilFetched(() => import('./live.ts'))

/** Takes the two snapshots the screen starts from, then hears every later event once and in order. */
export function useLive(orgId: OrgId): StreamState {
  const [state, setState] = useState<StreamState>('connecting')
  const [failure, setFailure] = useState<{ error: unknown }>()
  const workspaces = useQuery(workspacesQuery(orgId))
  // Read anew at each visit: what is alive now, not what was when this org was last on the screen.
  const active = useQuery({ ...activeQuery(orgId), staleTime: 0, gcTime: 0, retry: isWorthAsking, retryDelay })
  const isLoaded = workspaces.data !== undefined && active.data !== undefined
  // Whoever opened it while the server was gone sees it as soon as the server is back.
  useEffect(() => {
    if (active.data && workspaces.isError) void workspaces.refetch()
  }, [active.data, workspaces.isError, workspaces.refetch])

  // What hears the events comes while the snapshots do.
  useEffect(() => void loadLive().catch(() => undefined), [])

  useEffect(() => {
    if (!isLoaded) return
    const chart = queryClient.getQueryData(workspacesQuery(orgId).queryKey)
    const work = queryClient.getQueryData(activeQuery(orgId).queryKey)
    if (!chart || !work) return
    const shownAt = Math.min(chart.seq, work.seq)
    const life = new AbortController()
    const { signal } = life
    const begin = async () => {
      const { listen } = await loadLive()
      if (signal.aborted) return
      signal.addEventListener('abort', listen({ orgId, work, shownAt, onState: setState }))
    }
    void begin().catch((error: unknown) => signal.aborted || setFailure({ error }))
    return () => life.abort()
  }, [orgId, isLoaded])

  // A screen that cannot hear what happens would show what is no longer true.
  if (failure) throw failure.error
  return state
}

const activeQuery = (orgId: OrgId) => trpc.delegations.active.queryOptions({ orgId })

/** Without this answer nothing on the screen is live: it is asked for until it comes, or says no. */
function isWorthAsking(_failures: number, error: unknown): boolean {
  return !['unauthenticated', 'forbidden', 'not-found', 'bad-input'].includes(readProblem(error).code)
}

const retryDelay = (failures: number) => Math.min(1_000 * 2 ** failures, 5_000)
