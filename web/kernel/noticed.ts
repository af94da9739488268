import type { OrgId } from '#shared/kernel/ids.ts'

/** Something this page noticed by itself, which no event of the log tells. The notices show it beside the others. */
export type Noticed = {
  /** A second one under this id takes the place of the first of the same org. */
  id: string
  /** Where it was noticed; without it, in the org that is shown. */
  orgId?: OrgId
  kind: 'conflict' | 'connection'
  tone: 'failed' | 'waiting' | 'completed'
  /** One sentence, with a full stop where it is one. */
  title: string
  /** It stands before the person's eyes anyway: kept with the notices, but not called out. */
  isInSight?: boolean
  /** The one act that leads there. */
  act?: { label: string; run: () => void }
}

type Listener = (noticed: Noticed) => void

const waiting: Noticed[] = []
let listener: Listener | undefined

/** Tells it to the notices, or keeps it until they are there. */
export function noticeHere(noticed: Noticed): void {
  if (listener) listener(noticed)
  else waiting.push(noticed)
}

/** Used by the notices alone. */
export function listenForNoticed(next: Listener): void {
  listener = next
  for (const noticed of waiting.splice(0)) next(noticed)
}
