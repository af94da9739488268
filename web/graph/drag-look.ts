import { useSyncExternalStore } from 'react'
import type { Bounds } from './hit-test.ts'

/** What the screen shows while cards are held: `hint` says what letting go would do. */
type DragLook = {
  canBecomeRoot: boolean
  isOverZone: boolean
  hint: string | undefined
  ground: (Bounds & { name: string; isLeft: boolean }) | undefined
}

/** Outside React: the hint changes with every card the pointer passes, and the canvas around it does not. */
export function createDragLook() {
  let look: DragLook | undefined
  const listeners = new Set<() => void>()

  function show(next: DragLook | undefined): void {
    if (isSame(look, next)) return
    look = next
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { show, subscribe, now: () => look }
}

export type DragLookStore = ReturnType<typeof createDragLook>

export function useDragLook(store: DragLookStore): DragLook | undefined {
  return useSyncExternalStore(store.subscribe, store.now)
}

function isSame(before: DragLook | undefined, next: DragLook | undefined): boolean {
  if (!before || !next) return before === next
  const isSameHint = before.isOverZone === next.isOverZone && before.hint === next.hint
  return isSameHint && before.canBecomeRoot === next.canBecomeRoot && before.ground?.isLeft === next.ground?.isLeft
}
