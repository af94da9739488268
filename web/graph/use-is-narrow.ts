import { useSyncExternalStore } from 'react'

const query = '(max-width: 899px)'

/** True on a phone, where the graph is looked at, not rearranged. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}
