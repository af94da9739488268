/** `isFresh`: begun on this page, and not said anything in yet. Null is the latest. */
export type Chosen = { id: string; isFresh: boolean } | null

/** What is shown once words have arrived: their conversation, unless the person has chosen another since they were sent. */
export function chosenAfterSent(now: Chosen, whenSent: Chosen, conversationId: string): Chosen {
  return now === whenSent ? { id: conversationId, isFresh: false } : now
}

type Shown = { conversationId: string | null; conversations: readonly { id: string }[] }

/** What is shown on a page that begins with words that were on their way when the last one ended: where they went. */
export function chosenAfterLeft(left: string | undefined, latest: Shown): Chosen {
  if (left === undefined || latest.conversationId === null || left === latest.conversationId) return null
  return { id: left, isFresh: !latest.conversations.some(({ id }) => id === left) }
}
