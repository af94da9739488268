/** Something that is sent, and the key that has the server do it once however often it is sent. */
export type Attempt = { key: string; what: string }

/** The last attempt for as long as the same is sent again; another, under another key, for anything else. */
export function attemptOf(last: Attempt | undefined, sent: unknown): Attempt {
  const what = JSON.stringify(sent)
  return last?.what === what ? last : { key: crypto.randomUUID(), what }
}

/** The last attempt at each act, by a name of the act, until it arrived: who looks elsewhere meanwhile sends it under the same key. */
export function createAttempts() {
  const last = new Map<string, Attempt>()
  return {
    keyOf(act: string, sent: unknown): string {
      const attempt = attemptOf(last.get(act), sent)
      last.set(act, attempt)
      return attempt.key
    },
    arrived(act: string): void {
      last.delete(act)
    },
  }
}
