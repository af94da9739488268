/** How long a stream may take until its first word: a proxy may accept it and hold back all that is said. */
const firstWordMs = 10_000
/** Signs of life that may be late by the way, or missing. */
const slackMs = 5_000

/** Listens whether a stream lives: `onLost` when its first word, or the next one, does not come in time. */
export function createPulse(onLost: () => void) {
  let silenceMs = firstWordMs
  let heardAt = performance.now()
  let timer = setTimeout(look, silenceMs)

  // Looks again where it was heard meanwhile: a timer for each of many words a second would cost more than they do.
  function look() {
    const left = heardAt + silenceMs - performance.now()
    if (left > 0) timer = setTimeout(look, left)
    else onLost()
  }

  return {
    /** Something was said. */
    hear(): void {
      heardAt = performance.now()
    },
    /** The server said that it speaks at least this often. */
    expect(everyMs: number): void {
      heardAt = performance.now()
      silenceMs = 2 * everyMs + slackMs
      clearTimeout(timer)
      timer = setTimeout(look, silenceMs)
    },
    end: () => clearTimeout(timer),
  }
}
