import { useEffect } from 'react'

const listeners = new Set<() => void>()

/** For whoever can show the pane. Keep the listener's identity, else it registers on each render. */
export function useRunAsked(show: () => void): void {
  useEffect(() => {
    listeners.add(show)
    return () => void listeners.delete(show)
  }, [show])
}

export function showRunPane(): void {
  for (const listener of listeners) listener()
}
