import { useCallback, useSyncExternalStore } from 'react'
import type { Spoken } from '#shared/delegations/words.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { streamingStore } from './streaming-store.ts'

/**
 * The answer a model is giving this delegation right now, secrets masked, or undefined where none is known. Show it only as
 * long as the trace holds no result of that `step`: the recorded answer is the truth and takes its place.
 */
export function useStreamingText(delegationId: DelegationId): Spoken | undefined {
  const subscribe = useCallback(
    (listener: () => void) => streamingStore.subscribe(delegationId, listener),
    [delegationId],
  )
  return useSyncExternalStore(subscribe, () => streamingStore.of(delegationId))
}
