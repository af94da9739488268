import { useSyncExternalStore } from 'react'

/** Something that was done and can be taken back, named as in "Undo move of Researcher". */
export type Undoable = { name: string; undo: () => Promise<void> }

const deepest = 50

/** What this page can take back, the latest first. */
export function createUndoStack() {
  let stack: readonly Undoable[] = []
  let isUndoing = false
  const listeners = new Set<() => void>()

  function push(done: Undoable): void {
    set([...stack, done].slice(-deepest))
  }

  /** Takes back the latest, or the given one if it can still be. An act that fails stays, so that it can be tried again. */
  async function undo(done: Undoable | undefined = stack.at(-1)): Promise<Undoable | undefined> {
    if (!done || isUndoing || !stack.includes(done)) return undefined
    isUndoing = true
    try {
      await done.undo()
      set(stack.filter((other) => other !== done))
      return done
    } finally {
      isUndoing = false
    }
  }

  function clear(): void {
    set([])
  }

  function set(next: readonly Undoable[]): void {
    stack = next
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { push, undo, clear, subscribe, latest: () => stack.at(-1) }
}

export const undoStack = createUndoStack()

export function useLatestUndoable(): Undoable | undefined {
  return useSyncExternalStore(undoStack.subscribe, undoStack.latest)
}
