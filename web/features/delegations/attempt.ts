/** Something that is sent, and the key that has the server do it once however often it is sent. */
export type Attempt = { key: string; what: string }

/** The last attempt for as long as the same is sent again; another, under another key, for anything else. */
export function attemptOf(last: Attempt | undefined, sent: unknown): Attempt {
  const what = JSON.stringify(sent)
  return last?.what === what ? last : { key: crypto.randomUUID(), what }
}
