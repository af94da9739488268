import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again and again until there is something; fails with what was awaited. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, patienceMs = 60_000): Promise<T> {
  const end = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`It did not happen within ${patienceMs / 1_000} s: ${what}.`)
    await sleep(250)
  }
}
