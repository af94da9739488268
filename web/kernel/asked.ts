import { useEffect, useSyncExternalStore } from 'react'

/** A question, or a dialog, that is asked for from anywhere and shown in one place; `none` where nothing is asked. */
export function createAsked<Question>(none: Question) {
  let asked = none
  const listeners = new Set<() => void>()

  function ask(next: Question): void {
    asked = next
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  const now = () => asked
  /** A question is of the place it was asked in, and ends with it: also where the browser's Back leads away. */
  const held = () => () => ask(none)
  const useAsked = (): Question => useSyncExternalStore(subscribe, now)

  return {
    ask,
    now,
    useAsked,
    /** For the one place that shows it. */
    useAskedHere(): Question {
      useOnLeaving(held)
      return useAsked()
    },
  }
}

function useOnLeaving(held: () => () => void): void {
  useEffect(held, [held])
}
