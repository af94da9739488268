import { hearWords as joinWords, type Spoken, type WordsFrame } from '#shared/delegations/words.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'

/** Answers kept after their end, until the recorded ones are shown. */
const mostKept = 200

type NextFrame = (flush: () => void) => void

/** What models say right now, outside React: pieces are joined as they come and told once per animation frame. */
export function createStreamingStore(nextFrame: NextFrame = (flush) => void requestAnimationFrame(flush)) {
  const answers = new Map<DelegationId, Spoken>()
  const listeners = new Map<DelegationId, Set<() => void>>()
  const changed = new Set<DelegationId>()

  function hear(frames: readonly WordsFrame[]): void {
    for (const frame of frames) {
      const { delegationId } = frame
      const spoken = joinWords(answers.get(delegationId), frame)
      // The one heard last is the last to go.
      answers.delete(delegationId)
      if (spoken) answers.set(delegationId, spoken)
      if (changed.size === 0) nextFrame(flush)
      changed.add(delegationId)
    }
    for (const oldest of answers.keys()) {
      if (answers.size <= mostKept) break
      answers.delete(oldest)
    }
  }

  function flush(): void {
    const told = [...changed]
    changed.clear()
    for (const delegationId of told) for (const listener of listeners.get(delegationId) ?? []) listener()
  }

  function subscribe(delegationId: DelegationId, listener: () => void): () => void {
    const all = listeners.get(delegationId) ?? new Set()
    listeners.set(delegationId, all.add(listener))
    return () => {
      all.delete(listener)
      if (all.size === 0 && listeners.get(delegationId) === all) listeners.delete(delegationId)
    }
  }

  return { hear, subscribe, of: (delegationId: DelegationId) => answers.get(delegationId) }
}

export const streamingStore = createStreamingStore()

export function hearWords(frames: readonly WordsFrame[]): void {
  streamingStore.hear(frames)
}
