/** How often the same provider, by the same key, failed in a row, and until when it is left alone. */
export type Circuit = { failures: number; openUntil: number; isTrying: boolean; words: string }

export const closed: Circuit = { failures: 0, openUntil: 0, isTrying: false, words: '' }

/** Failures in a row before it is left alone: fewer may be chance, and each work tries again by itself. */
const tolerated = 5
const firstPauseMs = 15_000
const longestPauseMs = 300_000

/** May it be asked now? After a pause one call tries, and the others wait for what comes of it. */
export function standsOpen({ failures, openUntil }: Circuit, now: number): boolean {
  return failures >= tolerated && now < openUntil
}

/** A call is let through after a pause. It is not waited for longer than a call may take. */
export function tried(circuit: Circuit, now: number): Circuit {
  return circuit.failures < tolerated ? circuit : { ...circuit, isTrying: true, openUntil: now + longestPauseMs }
}

/** A call that was let through ended without a word on its provider, e.g. because somebody stopped it: the next one tries. */
export function undecided(circuit: Circuit, now: number): Circuit {
  return circuit.isTrying ? { ...circuit, isTrying: false, openUntil: now } : circuit
}

/** The pause doubles with each failure beyond the tolerated ones. */
export function failed(circuit: Circuit, words: string, now: number): Circuit {
  const failures = circuit.failures + 1
  const pause = Math.min(firstPauseMs * 2 ** Math.max(failures - tolerated, 0), longestPauseMs)
  return { failures, isTrying: false, words, openUntil: failures < tolerated ? 0 : now + pause }
}
