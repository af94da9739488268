import type { SavedDraft, SharedDraft } from '#shared/drafts/contract.ts'
import { withPlainEnds } from '#shared/drafts/text-doc.ts'
import type { FileText, SaveConflict } from '#shared/files/contract.ts'
import { type Problem, readProblem } from '../../../kernel/app-error.ts'
import { isAnew, type Outbox } from './outbox.ts'
import type { TextStore } from './text-store.ts'

export type SavingParts = {
  store: TextStore
  outbox: Pick<Outbox, 'takeAlong' | 'takeBack' | 'arrived' | 'retryLater'>
  /** What the document as it stands began from. */
  rootNow: () => number
  send: (what: { root: number; update: Uint8Array | undefined; over: number | undefined }) => Promise<SavedDraft>
  heardSeq: (seq: number) => void
  /** Reads what is missing. */
  pull: () => void
  /** The document it was typed into is no more. */
  renew: () => void
}

/** Saves the text as it stands. `over`: the version from outside that a person chose to save over. */
export function createSaving({ store, outbox, rootNow, send, heardSeq, pull, renew }: SavingParts) {
  async function save(over?: number): Promise<FileText | undefined> {
    const state = store.open()
    if (!state || state.isSaving) return undefined
    const { open } = state
    // Another document may take its place while this runs; what is answered then says nothing of that one.
    const isTheSame = () => store.open()?.open === open
    // What is typed after a version is undone apart from what made it, however soon it was typed.
    open.undo.stopCapturing()
    store.change({ isSaving: true, problem: undefined })
    const update = await outbox.takeAlong()
    if (!isTheSame()) return await saveTheNew(over)
    const root = rootNow()
    try {
      const answer = await send({ root, update, over })
      if (isTheSame()) keep(answer)
      if (!isTheSame() || answer.root !== root) pull()
      return { file: answer.file, text: answer.text }
    } catch (error) {
      const problem = readProblem(error)
      if (!isTheSame() && isAnew(problem)) return await saveTheNew(over)
      refused(problem, isTheSame())
      return undefined
    }
  }

  /** What was to be saved is in the new document by now, or is offered to the person, who then decides. */
  async function saveTheNew(over: number | undefined): Promise<FileText | undefined> {
    outbox.takeBack()
    outbox.retryLater()
    return store.open()?.left ? undefined : await save(over)
  }

  function keep(answer: SavedDraft): void {
    const base = { version: answer.file.version, text: withPlainEnds(answer.text) }
    store.change({ isSaving: false, theirs: null, waiting: null, merged: undefined, base })
    outbox.arrived()
    heardSeq(answer.seq)
  }

  function refused(problem: Problem, isTheSame: boolean): void {
    if (!isTheSame) {
      store.change({ problem })
      return
    }
    store.change({ isSaving: false })
    outbox.takeBack()
    if (isAnew(problem)) return void renew()
    const theirs = conflictOf(problem)
    if (theirs) store.change({ theirs, waiting: theirs })
    else store.change({ problem })
    outbox.retryLater()
  }

  return save
}

function conflictOf({ code, data }: Problem): SharedDraft['theirs'] | undefined {
  return code === 'conflict' && data && isConflict(data) ? data.theirs : undefined
}

function isConflict(data: object): data is SaveConflict {
  return 'theirs' in data && typeof data.theirs === 'object' && data.theirs !== null
}
