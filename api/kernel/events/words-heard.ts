import { hearWords, type Spoken, type WordsFrame, wholeFrame } from '#shared/delegations/words.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'

/** Of all answers under way together, in characters. */
const mostChars = 4_000_000

type Kept = { orgId: OrgId; delegationId: DelegationId; spoken: Spoken }

/** The answers that are being given anywhere, as far as this node heard them from their beginning; the oldest go first. */
export function createHeard() {
  const known = new Map<string, Kept>()
  let chars = 0

  const forget = (key: string) => {
    chars -= known.get(key)?.spoken.text.length ?? 0
    known.delete(key)
  }

  return {
    hear(orgId: OrgId, frame: WordsFrame): void {
      const key = `${orgId}/${frame.delegationId}`
      const spoken = hearWords(known.get(key)?.spoken, frame)
      forget(key)
      if (!spoken || spoken.isEnded) return
      known.set(key, { orgId, delegationId: frame.delegationId, spoken })
      chars += spoken.text.length
      for (const oldest of known.keys()) {
        if (chars <= mostChars) break
        forget(oldest)
      }
    },
    of(orgId: OrgId): WordsFrame[] {
      const here = [...known.values()].filter((one) => one.orgId === orgId)
      return here.map(({ delegationId, spoken }) => wholeFrame(delegationId, spoken))
    },
    clear(): void {
      known.clear()
      chars = 0
    },
  }
}
