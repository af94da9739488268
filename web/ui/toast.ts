/** A short message that leaves by itself. What must be acted on belongs into the page instead. */
export type Notice = {
  title: string
  detail?: string
  tone?: 'plain' | 'done' | 'failed'
  /** One act, e.g. Undo. */
  action?: { label: string; run: () => void }
  /** A second notice under one id replaces the first. */
  id?: string
}

type Listener = (notice: Notice) => void

const waiting: Notice[] = []
let listener: Listener | undefined

/** Shows a notice, or keeps it until the toaster is there. */
export function notify(notice: Notice): void {
  if (listener) listener(notice)
  else waiting.push(notice)
}

/** Used by the toaster alone. */
export function listenForNotices(next: Listener): () => void {
  listener = next
  for (const notice of waiting.splice(0)) next(notice)
  return () => {
    if (listener === next) listener = undefined
  }
}
