import { betweenKeys, isTyping, typingPaceMs } from './between-keys.ts'

/** While somebody types it is looked so often whether they paused. */
const lookMs = 100

/**
 * Answers many events with one run, `ms` after the first of them. While somebody types it waits for a pause, a second at
 * most, and runs between two keys: what is asked for and drawn anew delays no letter.
 */
export function gathered(ms: number, run: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    const since = performance.now()
    const begin = () => {
      isDue = false
      run()
    }
    const look = () => {
      if (!isTyping()) begin()
      else if (performance.now() - since >= typingPaceMs) betweenKeys(begin)
      else setTimeout(look, lookMs)
    }
    setTimeout(look, ms)
  }
}
