import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client, trpc } from '../../kernel/trpc.ts'

/** `isFresh`: begun on this page, and not said anything in yet. Null is the latest. */
type Chosen = { id: string; isFresh: boolean } | null

/** One conversation of the person with a workspace, further back page by page, and which of theirs it is. */
export function useChat(orgId: OrgId, workspaceId: WorkspaceId) {
  const [chosen, setChosen] = useState<Chosen>(null)
  const wanted = chosen?.isFresh ? undefined : chosen?.id
  const read = useInfiniteQuery({
    queryKey: [...trpc.chat.read.pathKey(), { orgId, workspaceId, wanted }],
    queryFn: ({ pageParam }) =>
      client.chat.read.query({
        ...{ orgId, workspaceId },
        ...(wanted !== undefined && { conversationId: wanted }),
        ...(pageParam !== null && { before: pageParam }),
      }),
    initialPageParam: newest,
    getNextPageParam: (page) => (page.hasEarlier ? page.turns[0]?.turn : undefined),
    staleTime: 0,
  })
  const [latest] = read.data?.pages ?? []
  const isFresh = chosen?.isFresh === true
  return {
    read,
    isFresh,
    id: chosen?.id ?? latest?.conversationId ?? null,
    turns: isFresh ? [] : (read.data?.pages.toReversed().flatMap(({ turns }) => turns) ?? []),
    hasEarlier: !isFresh && read.hasNextPage,
    conversations: latest?.conversations ?? [],
    begin: () => setChosen({ id: crypto.randomUUID(), isFresh: true }),
    choose: (id: string) => setChosen({ id, isFresh: false }),
  }
}

const newest: number | null = null
