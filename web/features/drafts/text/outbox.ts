import { mergeUpdates } from 'yjs'
import { type Problem, readProblem } from '../../../kernel/app-error.ts'
import {
  type Draft,
  type DraftPlace,
  dropDraft,
  dropOwnDraft,
  type FoundDraft,
  writeDraft,
} from '../../../kernel/drafts.ts'
import { whenIdle } from '../../../kernel/when-idle.ts'
import { toBase64 } from './base64.ts'
import type { Keeping } from './text-state.ts'

export type OutboxParts = {
  place: DraftPlace
  /** Sends an update; what it throws says why the server has it not. */
  send: (update: Uint8Array) => Promise<void>
  /** The text they make, kept beside the pieces; undefined while no text is open. */
  whole: () => Pick<Draft, 'root' | 'text' | 'baseVersion'> | undefined
  /** How long that text is, without making it. */
  length: () => number
  /** How long letters are gathered before they are sent. */
  pushAfterMs: () => number
  mayPush: () => boolean
  /** It changed whether or why something is not on the server. */
  onChange: () => void
  /** The document it was typed into is no more. */
  onAnew: () => void
}

export type Outbox = ReturnType<typeof createOutbox>

/** To write a longer text takes more of a frame than a key may; it is written as soon as the key is drawn. */
const mostAtOnce = 20_000
/** And at most so often, for the writing takes as long as a key may. */
const keptEveryMs = 500
const firstRetryMs = 400
const lastRetryMs = 4_000

/** What is typed here and not on the server yet: kept in this browser first, sent a moment later, for as long as it takes. */
export function createOutbox({ place, send, whole, length, pushAfterMs, mayPush, onChange, onAnew }: OutboxParts) {
  let unsent: Uint8Array | undefined
  let flying: Uint8Array | undefined
  /** Left by other pages of this browser: forgotten as soon as the server has it. */
  let inherited: FoundDraft[] = []
  let pushing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = firstRetryMs
  let isKept = true
  let isKeepDue = false
  let keptAt = Number.NEGATIVE_INFINITY
  let stuck: Problem | undefined
  /** What is under way was typed into this document; after a new one began, its answer means nothing. */
  let generation = 0

  const all = () => {
    const pieces = [flying, unsent].filter((piece) => piece !== undefined)
    return pieces.length > 0 ? mergeUpdates(pieces) : undefined
  }

  /** At once, before anything else can happen to this page. */
  function keepHere(): void {
    const open = whole()
    if (!open) return
    const update = all()
    if (update) isKept = writeDraft(place, { ...open, update: toBase64(update) })
    else {
      isKept = true
      dropOwnDraft(place)
    }
  }

  function keepSoon(): void {
    if (length() <= mostAtOnce || isEmpty()) {
      keepHere()
      return
    }
    if (isKeepDue) return
    isKeepDue = true
    setTimeout(() => whenIdle(keepDue), keptAt + keptEveryMs - performance.now())
  }

  /** What is due to be written, now: the page may end. */
  function keepDue(): void {
    if (!isKeepDue) return
    isKeepDue = false
    keptAt = performance.now()
    const wasKept = isKept
    keepHere()
    if (isKept !== wasKept) onChange()
  }

  const isEmpty = () => unsent === undefined && flying === undefined

  function schedule(after: number): void {
    if (timer !== undefined && after > 0) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      push()
    }, after)
  }

  function push(): void {
    if (!unsent || flying || !mayPush()) return
    flying = unsent
    unsent = undefined
    const mine = fly(flying, generation).finally(() => {
      if (pushing === mine) pushing = undefined
    })
    pushing = mine
  }

  async function fly(update: Uint8Array, sentIn: number): Promise<void> {
    try {
      await send(update)
      if (sentIn === generation) arrived()
    } catch (error) {
      if (sentIn !== generation) return
      takeBack()
      const problem = readProblem(error)
      if (isAnew(problem)) return onAnew()
      stuck = problem
      onChange()
      if (keptBecause(problem) !== 'refused') retryLater()
    }
  }

  function retryLater(): void {
    schedule(retryMs)
    retryMs = Math.min(retryMs * 2, lastRetryMs)
  }

  function arrived(): void {
    flying = undefined
    stuck = undefined
    retryMs = firstRetryMs
    for (const found of inherited) if (found.page !== place.page) dropDraft(found)
    inherited = []
    keepSoon()
    onChange()
    if (unsent) schedule(pushAfterMs())
  }

  function takeBack(): void {
    unsent = all()
    flying = undefined
    keepHere()
  }

  function join(update: Uint8Array): void {
    unsent = unsent ? mergeUpdates([unsent, update]) : update
  }

  return {
    add(update: Uint8Array): void {
      join(update)
      keepSoon()
      schedule(pushAfterMs())
    },
    inherit(found: FoundDraft, update: Uint8Array): void {
      inherited.push(found)
      join(update)
    },
    /** All of it goes with something else that is sent; `arrived` or `takeBack` must follow. */
    async takeAlong(): Promise<Uint8Array | undefined> {
      // Another document may have begun meanwhile, and something of it be under way.
      while (pushing) await pushing
      flying = all()
      unsent = undefined
      return flying
    },
    arrived,
    takeBack,
    /** Another document: what is in here belongs to the one before. */
    startAnew(): void {
      generation += 1
      unsent = undefined
      flying = undefined
      inherited = []
    },
    /** As soon as may be, however long it has waited. */
    hurry(): void {
      retryMs = firstRetryMs
      if (unsent) schedule(0)
    },
    retryLater,
    isEmpty,
    keepDue,
    stuck: () => stuck,
    setStuck(problem: Problem): void {
      stuck = problem
      onChange()
    },
    keeping(): Keeping {
      if (isEmpty()) return 'server'
      return isKept ? (stuck && keptBecause(stuck)) || 'here' : 'nowhere'
    },
    /** The last try; what does not arrive stays in this browser. */
    async close(): Promise<void> {
      keepDue()
      clearTimeout(timer)
      push()
      await pushing
      clearTimeout(timer)
    },
  }
}

export function isAnew({ code, field }: Problem): boolean {
  return code === 'conflict' && field === 'root'
}

function keptBecause({ code }: Problem): Keeping | undefined {
  if (code === 'unauthenticated') return 'signed-out'
  if (code === 'offline' || code === 'unavailable') return 'offline'
  return code === 'rate-limited' || code === 'busy' || code === 'defect' ? undefined : 'refused'
}
