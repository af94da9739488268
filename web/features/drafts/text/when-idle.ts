/** Runs it when what a key asks for is drawn, in a fifth of a second at the latest. */
export function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 200 })
  else setTimeout(run, 0)
}
