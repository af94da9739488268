const typingMs = 250
let typedAt = Number.NEGATIVE_INFINITY

/** Told of every key by the app's one listener. */
export function noteKey(key: string): void {
  if (key.length === 1 || key === 'Backspace' || key === 'Enter') typedAt = performance.now()
}

/** Calls back in the next frame; while somebody types, in a pause between two of them: the letters come first. */
export function onNextFrame(run: () => void): void {
  // A hidden tab has no frames; there a timer keeps what is drawn small and true.
  if (document.visibilityState === 'hidden') setTimeout(run, 250)
  else if (performance.now() - typedAt < typingMs && 'requestIdleCallback' in window) {
    requestIdleCallback(run, { timeout: 200 })
  } else requestAnimationFrame(run)
}
