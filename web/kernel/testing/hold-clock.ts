import { afterEach, beforeEach, vi } from 'vitest'

/** Time, and the frames drawn in it, stand still in the tests of a file until they move them on. Call once, at its top. */
export function holdClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
  })
  // What waits for a pause in the typing is of this test: the next begins with nothing that waits.
  afterEach(() => {
    vi.advanceTimersByTime(5_000)
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
}
