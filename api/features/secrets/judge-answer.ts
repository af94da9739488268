import type { KeyTest } from '#shared/secrets/contract.ts'

/** What a service's answer to the try says of the key; its body is read for one thing only: whether it wants money. */
export function judgeAnswer(label: string, status: number, body: string): Omit<KeyTest, 'tookMs'> {
  const wantsMoney = /insufficient_quota|insufficient_credit|billing|credit balance/i.test(body.slice(0, 20_000))
  if (status >= 200 && status < 300) return { outcome: 'works', words: `${label} accepts the key.` }
  if (status === 402 || (status >= 400 && status < 500 && wantsMoney)) {
    return { outcome: 'no-credit', words: `${label} knows the key, but its account has no credit left.` }
  }
  if (status === 401 || status === 403) {
    return {
      outcome: 'refused',
      words: `${label} refuses the key (${status}). Look whether it was copied whole and is still valid.`,
    }
  }
  if (status === 429)
    return { outcome: 'rate-limited', words: `${label} says there were too many requests. Try again later.` }
  if (status >= 500)
    return { outcome: 'unreachable', words: `${label} has a trouble of its own (${status}). Try again later.` }
  return { outcome: 'unclear', words: `${label} answered ${status}, which says nothing of the key.` }
}
