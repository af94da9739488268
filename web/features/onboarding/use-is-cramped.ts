import { useSyncExternalStore } from 'react'

const query = () => window.matchMedia('(max-width: 899.98px) and (max-height: 599.98px)')

/** Where words over the chart would leave no room for it: a small window, or one that is zoomed to twice its size. */
export function useIsCramped(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches)
}

function subscribe(listener: () => void): () => void {
  const asked = query()
  asked.addEventListener('change', listener)
  return () => asked.removeEventListener('change', listener)
}
