const typingMs = 250
/** While somebody types it is drawn so often: a card that is a blink late is true enough, a late letter is felt. */
const typingPaceMs = 250
/** As many as are drawn in a few milliseconds. */
const atOnce = 8
let typedAt = Number.NEGATIVE_INFINITY
let drawnAt = Number.NEGATIVE_INFINITY

/** Told of every key by the app's one listener. */
export function noteKey(key: string): void {
  if (key.length === 1 || key === 'Backspace' || key === 'Enter') typedAt = performance.now()
}

/** Does it for each, at once; while somebody types, for a few at a time between the keys. */
export function forEachBetweenKeys<T>(all: readonly T[], run: (one: T) => void): void {
  const most = isTyping() ? atOnce : all.length
  for (const one of all.slice(0, most)) run(one)
  const later = all.slice(most)
  if (later.length > 0) requestIdleCallback(() => forEachBetweenKeys(later, run), { timeout: 100 })
}

/** Calls back in the next frame; while somebody types, in a pause between two keys and not in each: the letters come first. */
export function onNextFrame(run: () => void): void {
  const draw = () => {
    drawnAt = performance.now()
    run()
  }
  // A hidden tab has no frames; there a timer keeps what is drawn small and true.
  if (document.visibilityState === 'hidden') setTimeout(draw, 250)
  else if (isTyping()) {
    setTimeout(() => requestIdleCallback(draw, { timeout: 200 }), drawnAt + typingPaceMs - performance.now())
  } else requestAnimationFrame(draw)
}

function isTyping(): boolean {
  return performance.now() - typedAt < typingMs && typeof requestIdleCallback === 'function'
}
