import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client, trpc } from '../../kernel/trpc.ts'
import { type Chosen, chosenAfterLeft, chosenAfterSent } from './chosen.ts'
import { conversationLeft } from './kept-letter.ts'
import { postOf } from './post.ts'
import { unsent } from './unsent.ts'

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
  const isRead = latest !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is read first says where words were left
  useEffect(() => {
    // Words that are on their way, this very page knows of.
    if (!latest || postOf(workspaceId)?.phase === 'sending') return
    const left = conversationLeft(workspaceId, unsent.read(workspaceId))
    setChosen((now) => now ?? chosenAfterLeft(left, latest))
  }, [workspaceId, isRead])
  return {
    read,
    isFresh,
    id: chosen?.id ?? latest?.conversationId ?? null,
    turns: isFresh ? [] : (read.data?.pages.toReversed().flatMap(({ turns }) => turns) ?? []),
    hasEarlier: !isFresh && read.hasNextPage,
    conversations: latest?.conversations ?? [],
    begin: () => setChosen({ id: crypto.randomUUID(), isFresh: true }),
    choose: (id: string) => setChosen({ id, isFresh: false }),
    /** Words sent from what was shown then have arrived in a conversation. */
    arrive: (id: string) => setChosen((now) => chosenAfterSent(now, chosen, id)),
  }
}

const newest: number | null = null
