import { betweenKeys, isTyping } from './between-keys.ts'

/** Runs it when the page has nothing else to do, and where it delays no letter; in a fifth of a second at the latest. */
export function whenIdle(run: () => void, withinMs = 200): void {
  if (isTyping()) betweenKeys(run)
  else if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: withinMs })
  else setTimeout(run, 0)
}
