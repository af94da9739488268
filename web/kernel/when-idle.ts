/** Runs it when the page has nothing else to do, e.g. when what a key asks for is drawn; in a fifth of a second at the latest. */
export function whenIdle(run: () => void, withinMs = 200): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: withinMs })
  else setTimeout(run, 0)
}
