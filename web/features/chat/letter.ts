/** Words on their way, with the key that has the server hear them once however often they are sent. */
export type Letter = { key: string; conversationId: string; text: string; attachmentIds: readonly string[] }

/** `conversationId` is null where there is no conversation yet. */
export type Words = Omit<Letter, 'key' | 'conversationId'> & { conversationId: string | null }

/** The last letter for as long as it says the same to the same conversation; another, under another key, for anything else. */
export function letterOf(last: Letter | undefined, words: Words): Letter {
  if (last && isSame(last, words)) return last
  return { ...words, key: crypto.randomUUID(), conversationId: words.conversationId ?? crypto.randomUUID() }
}

export function isSame(letter: Letter, { conversationId, text, attachmentIds }: Words): boolean {
  const isThere = conversationId === null || conversationId === letter.conversationId
  return isThere && text === letter.text && attachmentIds.join() === letter.attachmentIds.join()
}
