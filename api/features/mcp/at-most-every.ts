/** Gives a word that makes `act` happen once soon, and never twice within `everyMs`, however often it is said. */
export function atMostEvery(everyMs: number, act: () => void): () => void {
  let isWaiting = false
  let last = Number.NEGATIVE_INFINITY
  const now = () => {
    isWaiting = false
    last = Date.now()
    act()
  }
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(now, Math.max(0, last + everyMs - Date.now())).unref()
  }
}
