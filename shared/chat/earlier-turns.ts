import type { Conversation } from '../delegations/journal.ts'
import { maxEarlierChars, maxEarlierTurns, maxTurnChars } from './limits.ts'

type Turn = Conversation['turns'][number]
export type EarlierTurns = Pick<Conversation, 'turns' | 'leftOut'>

/** The latest turns that fit, oldest first; long ones are cut in their middle, and what is left out is counted. */
export function earlierTurns(all: readonly Turn[]): EarlierTurns {
  const turns: Turn[] = []
  let room = maxEarlierChars
  for (const { asked, answered } of all.slice(-maxEarlierTurns).reverse()) {
    const turn = { asked: cut(asked), answered: cut(answered) }
    room -= turn.asked.length + turn.answered.length
    if (room < 0) break
    turns.unshift(turn)
  }
  return { turns, leftOut: all.length - turns.length }
}

const half = maxTurnChars / 4

function cut(text: string): string {
  const left = text.length - 2 * half
  if (left <= 0) return text
  return `${text.slice(0, half).toWellFormed()}\n[${left} characters are left out here]\n${text.slice(-half).toWellFormed()}`
}
