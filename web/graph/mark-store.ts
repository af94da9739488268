import { useCallback, useSyncExternalStore } from 'react'

/** Marks at most one card at a time with a value; only the cards concerned are drawn again. */
export function createMarkStore<T>() {
  let marked: { id: string; value: T } | undefined
  const listeners = new Map<string, Set<() => void>>()

  function mark(next: { id: string; value: T } | undefined): void {
    if (next?.id === marked?.id && next?.value === marked?.value) return
    const before = marked?.id
    marked = next
    for (const id of new Set([before, next?.id])) {
      for (const listener of (id === undefined ? undefined : listeners.get(id)) ?? []) listener()
    }
  }

  function subscribe(id: string, listener: () => void): () => void {
    const own = listeners.get(id) ?? new Set()
    listeners.set(id, own)
    own.add(listener)
    return () => {
      own.delete(listener)
      if (own.size === 0 && listeners.get(id) === own) listeners.delete(id)
    }
  }

  const valueAt = (id: string) => (marked?.id === id ? marked.value : undefined)
  return { mark, subscribe, valueAt, marked: () => marked }
}

export type MarkStore<T> = ReturnType<typeof createMarkStore<T>>

export function useMark<T>(store: MarkStore<T>, id: string): T | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribe(id, listener), [store, id])
  return useSyncExternalStore(subscribe, () => store.valueAt(id))
}
