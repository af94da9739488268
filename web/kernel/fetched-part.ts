import { useEffect, useSyncExternalStore } from 'react'
import { untilFetched } from './lazy-part.ts'

type Fetched<Part> = { readonly part?: Part; readonly fault?: unknown }

/**
 * A part of the page that may be fetched before it is asked for. Once it is there it is drawn in the moment it is wanted: a
 * lazy component is waited for at its first drawing even then.
 */
export function fetchedPart<Part>(load: () => Promise<Part>) {
  const listeners = new Set<() => void>()
  let fetched: Fetched<Part> = {}
  const settle = (next: Fetched<Part>) => {
    fetched = next
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const have = (part: Part) => settle({ part })
  let isAsked = false
  const ask = () => {
    if (isAsked) return
    isAsked = true
    untilFetched(load).then(have, (fault: unknown) => settle({ fault }))
  }
  return {
    /** A failure is met where the part is wanted. */
    prefetch: () => void load().then(have, () => undefined),
    /** Undefined while it is on its way. Waits for a server that is away; throws where the server has no such part. */
    usePart(): Part | undefined {
      const { part, fault } = useSyncExternalStore(subscribe, () => fetched)
      useEffect(() => {
        if (part === undefined) ask()
      })
      if (fault !== undefined) throw fault
      return part
    },
  }
}
