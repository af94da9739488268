import { useCallback, useInsertionEffect, useRef } from 'react'

/** A handler that stays the same function while what it does is the latest: a new one would draw every card anew. */
export function useSteady<Given extends unknown[]>(handler: (...given: Given) => void): (...given: Given) => void {
  const latest = useRef(handler)
  useInsertionEffect(() => {
    latest.current = handler
  })
  return useCallback((...given: Given) => latest.current(...given), [])
}
