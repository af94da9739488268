import type { DelegationId } from '../kernel/ids.ts'

/** A piece of what a model says right now. It is no event, has no number and is recorded nowhere: the recorded answer replaces it. */
export type WordsFrame = {
  delegationId: DelegationId
  step: number
  attempt: number
  /** How many characters of this answer came before. */
  at: number
  text: string
  /** Nothing more of this answer follows; what came of it is recorded. */
  isEnd?: true
}

/** What is known of an answer that is being given; always from its beginning. */
export type Spoken = { step: number; attempt: number; text: string; isEnded: boolean }

/** The longest answer that is shown while it comes; the rest is seen when it is recorded. */
const mostChars = 200_000

/**
 * The words so far with one piece more. A piece that does not join on, because others were missed, leaves nothing to show:
 * rather no words than garbled ones.
 */
export function hearWords(known: Spoken | undefined, frame: WordsFrame): Spoken | undefined {
  const { step, attempt, at, text, isEnd } = frame
  const isEnded = isEnd === true
  if (at === 0 && !isOlder(frame, known)) return { step, attempt, text, isEnded }
  if (!known || isOlder(frame, known)) return known
  if (known.step !== step || known.attempt !== attempt || at > known.text.length) return undefined
  // What is said again was heard already.
  const news = text.slice(known.text.length - at)
  if (known.text.length + news.length > mostChars) return undefined
  return { step, attempt, text: known.text + news, isEnded: known.isEnded || isEnded }
}

/** The same, told to somebody who heard nothing yet. */
export function wholeFrame(delegationId: DelegationId, { step, attempt, text, isEnded }: Spoken): WordsFrame {
  return { delegationId, step, attempt, at: 0, text, ...(isEnded && { isEnd: true as const }) }
}

function isOlder({ step, attempt, at, text }: WordsFrame, known: Spoken | undefined): boolean {
  if (!known) return false
  if (step !== known.step) return step < known.step
  if (attempt !== known.attempt) return attempt < known.attempt
  return at === 0 && text.length < known.text.length && known.text.startsWith(text)
}
