import { betweenKeys, isTyping, typingPaceMs } from './between-keys.ts'

/** As many as are drawn between two keys. */
const atOnce = 16
let drawnAt = Number.NEGATIVE_INFINITY

/** Does it for each, at once; while somebody types, for some at a time between the keys. */
export function forEachBetweenKeys<T>(all: readonly T[], run: (one: T) => void): void {
  const most = isTyping() ? atOnce : all.length
  for (const one of all.slice(0, most)) run(one)
  const later = all.slice(most)
  if (later.length > 0) betweenKeys(() => forEachBetweenKeys(later, run))
}

/** Calls back in the next frame; while somebody types, in a pause between two keys and not in each: the letters come first. */
export function onNextFrame(run: () => void): void {
  const draw = () => {
    drawnAt = performance.now()
    run()
  }
  // A hidden tab has no frames; there a timer keeps what is drawn small and true.
  if (document.visibilityState === 'hidden') setTimeout(draw, 250)
  else if (isTyping()) setTimeout(() => betweenKeys(draw), drawnAt + typingPaceMs - performance.now())
  else requestAnimationFrame(draw)
}
