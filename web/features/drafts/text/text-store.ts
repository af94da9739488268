import { whenIdle } from '../../../kernel/when-idle.ts'
import type { Outbox } from './outbox.ts'
import type { OpenTextState, TextState } from './text-state.ts'

export type TextStore = ReturnType<typeof createTextStore>

/** Quiet for so long before it is said that the server has it, so that the words do not flicker while somebody types. */
const settledAfterMs = 500
/** Nothing that is drawn beside the text says more of it than this; who acts on the text reads it as it is. */
const toldEveryMs = 250

/** What is known of one text, and who wants to hear of it. `outboxOf` gives how far what is typed has come. */
export function createTextStore(outboxOf: () => Pick<Outbox, 'keeping' | 'stuck'>) {
  const listeners = new Set<() => void>()
  let state: TextState = { phase: 'loading' }
  let settleTimer: ReturnType<typeof setTimeout> | undefined
  /** The document is ahead of the state. */
  let isTextDue = false
  let isTellDue = false

  const tell = (next: TextState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const change = (part: Partial<OpenTextState>) => {
    if (state.phase === 'open') tell({ ...state, ...part })
  }
  const changed = () => {
    isTextDue = false
    if (state.phase === 'open') change({ text: state.open.text.toString(), ...keptNow(state) })
  }
  /** The state as it stands, without telling anybody. */
  const freshen = () => {
    if (!isTextDue || state.phase !== 'open') return
    isTextDue = false
    state = { ...state, text: state.open.text.toString(), ...keptNow(state) }
  }

  /** That the server has it is said once nothing more comes. */
  function keptNow({ keeping }: OpenTextState): Pick<OpenTextState, 'keeping' | 'stuck'> {
    clearTimeout(settleTimer)
    const now = outboxOf().keeping()
    const stuck = outboxOf().stuck()
    if (now !== 'server' || keeping === 'server') return { keeping: now, stuck }
    settleTimer = setTimeout(() => change({ keeping: outboxOf().keeping() }), settledAfterMs)
    return { keeping: 'here', stuck }
  }

  return {
    /** As it was told last; the text may be behind what was typed since. */
    told: (): TextState => state,
    open: (): OpenTextState | undefined => (state.phase === 'open' ? state : undefined),
    now(): TextState {
      freshen()
      return state
    },
    tell,
    /** Another document in its place; it is told with what is changed next. */
    begin(next: OpenTextState): void {
      state = next
    },
    change,
    /** The text changed otherwise than by typing: it is told at once. */
    changed,
    /** That a text is no longer the saved one is told at once; the letters after it some at a time, when they are drawn. */
    typed(): void {
      if (state.phase === 'open' && state.text === state.base.text) {
        changed()
        return
      }
      isTextDue = true
      if (isTellDue) return
      isTellDue = true
      const tellNow = () => {
        isTellDue = false
        freshen()
        tell(state)
      }
      setTimeout(() => whenIdle(tellNow), toldEveryMs)
    },
    /** What is typed came further, or no further. */
    kept: () => state.phase === 'open' && change(keptNow(state)),
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    end: () => clearTimeout(settleTimer),
  }
}
