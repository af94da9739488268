/** The first signal ends us in order; a second one at once. What was committed is kept either way. */
export function firstSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isEnding = false
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (isEnding) process.exit(130)
      isEnding = true
      resolve()
    })
  }
  return promise
}

/** What hangs is left after five seconds. */
export async function stopInTime(running: { stop(): Promise<void> }): Promise<void> {
  const late = setTimeout(() => process.exit(0), 5_000)
  await running.stop()
  clearTimeout(late)
}
