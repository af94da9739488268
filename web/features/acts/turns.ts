/** Runs what it is given one after the other; one that fails does not hold up the next. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return (run: () => Promise<void>): Promise<void> => {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
  }
}
