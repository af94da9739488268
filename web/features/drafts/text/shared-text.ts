import * as Y from 'yjs'
import type { SharedDraft } from '#shared/drafts/contract.ts'
import { mergeTexts } from '#shared/drafts/merge-texts.ts'
import { replaceText, textOf, withPlainEnds } from '#shared/drafts/text-doc.ts'
import type { FileText, SaveConflict } from '#shared/files/contract.ts'
import type { FileId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { type Problem, readProblem } from '../../../kernel/app-error.ts'
import { dropDraft, type FoundDraft, readDrafts, readUnowned } from '../../../kernel/drafts.ts'
import { client } from '../../../kernel/trpc.ts'
import { whenIdle } from '../../../kernel/when-idle.ts'
import { listenForText } from '../asides.ts'
import { pageId } from '../presence/page-id.ts'
import { presence } from '../presence/presence-store.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { createHeard } from './heard.ts'
import { keepUndo, readKeptUndo } from './kept-undo.ts'
import { applyEdits, byPerson, fromServer, openDoc } from './open-doc.ts'
import { createOutbox, isAnew } from './outbox.ts'
import type { OpenTextState, TextState } from './text-state.ts'

export type TextRef = { orgId: OrgId; workspaceId: WorkspaceId; path: string }

export type SharedText = ReturnType<typeof createSharedText>

const openAgainMs = 3_000
const answerWithinMs = 15_000
/** Quiet for so long before it is said that the server has it, so that the words do not flicker while somebody types. */
const settledAfterMs = 500
const undoKeptAfterMs = 1_000
/** Nothing that is drawn beside the text says more of it than this; who acts on the text reads it as it is. */
const toldEveryMs = 250
const togetherMs = 120
const aloneMs = 400

/** One text of a file, from opening to closing: it follows what others type and sends what is typed here. */
export function createSharedText(file: TextRef, { mayEdit }: { mayEdit: () => boolean }) {
  const key = `${file.orgId}.${file.workspaceId}.${file.path}`
  const listeners = new Set<() => void>()
  const life = new AbortController()
  const heard = createHeard()
  let state: TextState = { phase: 'loading' }
  let root = 0
  let fileId: FileId | undefined
  let openTimer: ReturnType<typeof setTimeout> | undefined
  let settleTimer: ReturnType<typeof setTimeout> | undefined
  let undoTimer: ReturnType<typeof setTimeout> | undefined
  let isPulling = false
  let mustPullAgain = false
  /** The document is ahead of the state. */
  let isTextDue = false
  let isTellDue = false
  /** The version from outside that could not be merged by itself; it is asked for once. */
  let tried = 0

  const soon = () => ({ signal: AbortSignal.any([life.signal, AbortSignal.timeout(answerWithinMs)]) })
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
  /** That a text is no longer the saved one is told at once; the letters after it some at a time, when they are drawn. */
  const typed = () => {
    if (state.phase === 'open' && state.text === state.base.text) return changed()
    isTextDue = true
    if (isTellDue) return
    isTellDue = true
    const tellNow = () => {
      isTellDue = false
      freshen()
      tell(state)
    }
    setTimeout(() => whenIdle(tellNow), toldEveryMs)
  }

  const outbox = createOutbox({
    place: { key, page: pageId },
    async send(update) {
      const { seq } = await client.drafts.push.mutate({ ...file, root, update: toBase64(update) }, soon())
      heardSeq(seq)
    },
    whole: () =>
      state.phase === 'open' ? { root, text: state.open.text.toString(), baseVersion: state.base.version } : undefined,
    length: () => (state.phase === 'open' ? state.open.text.length : 0),
    // Nobody waits for each letter where nobody else has the text open.
    pushAfterMs: () => (presence.pagesOn(file.workspaceId, file.path).length > 0 ? togetherMs : aloneMs),
    mayPush: () => state.phase === 'open' && mayEdit() && !state.isSaving,
    onChange: () => state.phase === 'open' && change(keptNow(state)),
    onAnew: () => void renew(),
  })

  /** That the server has it is said once nothing more comes. */
  function keptNow({ keeping }: OpenTextState): Pick<OpenTextState, 'keeping' | 'stuck'> {
    clearTimeout(settleTimer)
    const now = outbox.keeping()
    const stuck = outbox.stuck()
    if (now !== 'server' || keeping === 'server') return { keeping: now, stuck }
    settleTimer = setTimeout(() => change({ keeping: outbox.keeping() }), settledAfterMs)
    return { keeping: 'here', stuck }
  }

  // Opening

  async function load(): Promise<void> {
    try {
      const answer = await client.drafts.read.query(file, { signal: life.signal })
      if (!life.signal.aborted) begin(answer)
    } catch (error) {
      if (life.signal.aborted) return
      tell({ phase: 'problem', problem: readProblem(error) })
      openTimer = setTimeout(() => void load(), openAgainMs)
    }
  }

  /** From nothing, or because the shared text began anew: then what was typed goes over into it by its words. */
  function begin(answer: SharedDraft): void {
    const before = state.phase === 'open' ? state : undefined
    const hadUnsent = before && !outbox.isEmpty()
    outbox.startAnew()
    root = answer.root.version
    fileId = answer.file.id
    heard.startAt(answer.seq)
    const open = openDoc(answer, mayEdit() ? readKeptUndo(key, root) : undefined)
    before?.open.undo.destroy()
    state = {
      ...{ phase: 'open', open, base: plain(answer.base), text: open.text.toString() },
      ...{ theirs: null, waiting: null, merged: undefined, left: before?.left },
      ...{ keeping: 'server', stuck: undefined, problem: undefined, isSaving: false },
    }
    open.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== fromServer) outbox.add(update)
      if (origin === fromServer || origin === byPerson) changed()
      else typed()
    })
    open.undo.on('stack-item-added', keepUndoSoon)
    open.undo.on('stack-item-popped', keepUndoSoon)
    if (mayEdit()) takeInherited(open.doc)
    if (hadUnsent) carryOver({ text: before.text, baseVersion: before.base.version }, before.base.text)
    changed()
    void heedTheirs(answer).then(() => state.phase === 'open' && change({ theirs: state.waiting }))
    outbox.hurry()
  }

  /** What this page or another of this browser typed and could not send. */
  function takeInherited(doc: Y.Doc): void {
    for (const found of readDrafts(key)) {
      if (found.draft.root === root) {
        const update = fromBase64(found.draft.update)
        Y.applyUpdate(doc, update, fromServer)
        outbox.inherit(found, update)
      } else void bringBack(found)
    }
    offerUnowned(doc)
  }

  /** Typed in this browser by nobody knows whom: shown, and sent only when the person takes it. */
  function offerUnowned(doc: Y.Doc): void {
    const now = textOf(doc).toString()
    for (const found of readUnowned(key)) {
      const drop = () => dropDraft(found)
      if (withPlainEnds(found.draft.text) === now) drop()
      else change({ left: { ...found.draft, isUnowned: true, drop } })
    }
  }

  /** Typed over a document that is no more. */
  async function bringBack(found: FoundDraft): Promise<void> {
    const { draft } = found
    const drop = () => dropDraft(found)
    try {
      const version = draft.baseVersion > 0 ? draft.baseVersion : undefined
      const { text } = await client.files.read.query({ ...file, version }, soon())
      carryOver(draft, withPlainEnds(text), drop)
    } catch {
      change({ left: { ...draft, drop } })
    }
  }

  /** By whole lines where that goes by itself; else it is shown to the person. */
  function carryOver(typed: { text: string; baseVersion: number }, baseText: string, drop = () => {}): void {
    if (state.phase !== 'open') return
    const merge = mergeTexts(baseText, state.open.text.toString(), withPlainEnds(typed.text))
    if (merge.kind === 'conflict') change({ left: { ...typed, writtenAt: Date.now(), drop } })
    else {
      applyEdits(state.open, merge.edits)
      drop()
    }
  }

  async function renew(): Promise<void> {
    try {
      begin(await client.drafts.read.query(file, soon()))
    } catch (error) {
      outbox.setStuck(readProblem(error))
      outbox.retryLater()
    }
  }

  // What others type and save

  function heardSeq(seq: number): void {
    if (heard.hear(seq) === 'with a gap') pull()
  }

  /** Reads what is missing; asked while it is at it, it looks once more. */
  function pull(): void {
    mustPullAgain = true
    if (isPulling) return
    isPulling = true
    void pullOn().finally(() => {
      isPulling = false
    })
  }

  async function pullOn(): Promise<void> {
    while (mustPullAgain && state.phase === 'open' && !life.signal.aborted) {
      mustPullAgain = false
      try {
        const answer = await client.drafts.read.query({ ...file, have: have(state) }, soon())
        take(answer)
        await heedTheirs(answer)
      } catch (error) {
        if (!life.signal.aborted) outbox.setStuck(readProblem(error))
        return
      }
    }
  }

  function have({ open }: OpenTextState) {
    return { root, vector: toBase64(Y.encodeStateVector(open.doc)) }
  }

  function take(answer: SharedDraft): void {
    if (state.phase !== 'open') return
    if (answer.root.version !== root) {
      begin(answer)
      return
    }
    heard.startAt(answer.seq)
    if (answer.base.version >= state.base.version) change({ base: plain(answer.base) })
    if (answer.update !== '') Y.applyUpdate(state.open.doc, fromBase64(answer.update), fromServer)
    change({ waiting: answer.theirs, theirs: state.theirs && answer.theirs })
    changed()
  }

  /** A version saved from outside is taken in by itself where that goes; else it waits until somebody decides. */
  async function heedTheirs({ theirs }: SharedDraft): Promise<void> {
    if (!theirs || !mayEdit() || tried === theirs.version || state.phase !== 'open') return
    tried = theirs.version
    const wasDirty = state.text !== state.base.text
    try {
      const answer = await client.drafts.follow.mutate({ ...file, have: have(state) }, soon())
      take(answer)
      if (!answer.theirs && wasDirty) change({ merged: { version: theirs.version, by: theirs.savedBy } })
    } catch {
      // The next save asks again, and says what stands in its way.
      tried = 0
    }
  }

  // Saving

  /** Makes the text the next version. `over`: the version from outside that a person chose to save over. */
  async function save(over?: number): Promise<FileText | undefined> {
    if (state.phase !== 'open' || state.isSaving) return undefined
    // What is typed after a version is undone apart from what made it, however soon it was typed.
    state.open.undo.stopCapturing()
    change({ isSaving: true, problem: undefined })
    const typed = await outbox.takeAlong()
    const savedRoot = root
    try {
      const update = typed ? toBase64(typed) : null
      const answer = await client.drafts.save.mutate({ ...file, root, update, over }, soon())
      change({ isSaving: false, theirs: null, waiting: null, merged: undefined, base: plainFile(answer) })
      outbox.arrived()
      heardSeq(answer.seq)
      if (answer.root !== savedRoot) pull()
      return { file: answer.file, text: answer.text }
    } catch (error) {
      change({ isSaving: false })
      if (savedRoot === root) outbox.takeBack()
      refused(readProblem(error))
      return undefined
    }
  }

  function refused(problem: Problem): void {
    if (isAnew(problem)) return void renew()
    const theirs = conflictOf(problem)
    if (theirs) change({ theirs, waiting: theirs })
    else change({ problem })
    outbox.retryLater()
  }

  // The end

  /** In a pause of the typing: to write it takes longer than a key may. A page that ends writes it anyway. */
  function keepUndoSoon(): void {
    clearTimeout(undoTimer)
    undoTimer = setTimeout(() => whenIdle(keepUndoNow), undoKeptAfterMs)
  }

  function keepUndoNow(): void {
    clearTimeout(undoTimer)
    undoTimer = undefined
    if (state.phase === 'open' && mayEdit() && !life.signal.aborted)
      keepUndo(key, root, state.open.doc, state.open.undo)
  }

  const unlisten = listenForText({
    hearDraft(aside) {
      if (state.phase !== 'open' || aside.fileId !== fileId) return
      if (aside.root !== root || aside.base !== state.base.version) return pull()
      if (aside.update !== null && heard.isNext(aside.seq)) {
        Y.applyUpdate(state.open.doc, fromBase64(aside.update), fromServer)
        heard.startAt(aside.seq)
      }
      heardSeq(aside.seq)
    },
    hearSaved({ workspaceId, path }) {
      if (workspaceId === file.workspaceId && path === file.path) pull()
    },
    hearLive() {
      if (state.phase === 'open') pull()
      outbox.hurry()
    },
  })
  window.addEventListener('online', outbox.hurry, { signal: life.signal })
  window.addEventListener('focus', outbox.hurry, { signal: life.signal })
  window.addEventListener('pagehide', keepUndoNow, { signal: life.signal })
  window.addEventListener('pagehide', outbox.keepDue, { signal: life.signal })
  void load()

  return {
    now(): TextState {
      freshen()
      return state
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** As if the person had typed it. */
    setText(text: string): void {
      if (state.phase === 'open' && mayEdit()) replaceText(state.open.text, text, byPerson)
    },
    save,
    /** Both texts side by side, now or not now. */
    compare: () => state.phase === 'open' && change({ theirs: state.waiting }),
    postpone: () => change({ theirs: null }),
    forgetMerged: () => change({ merged: undefined }),
    forgetProblem: () => change({ problem: undefined }),
    /** What was left of before, in place of the text. */
    takeLeft(): void {
      if (state.phase === 'open' && state.left) replaceText(state.open.text, state.left.text, byPerson)
      dropLeft()
    },
    dropLeft,
    retry(): void {
      clearTimeout(openTimer)
      if (state.phase === 'open') outbox.hurry()
      else void load()
    },
    /** How far the text has come on the server, as somebody else says. */
    heardSeq: (seq: number) => {
      if (state.phase === 'open' && heard.isNews(seq)) pull()
    },
    /** What is not on the server yet is sent, and stays in this browser where that fails. */
    async close(): Promise<void> {
      keepUndoNow()
      unlisten()
      clearTimeout(openTimer)
      await outbox.close()
      life.abort()
      clearTimeout(settleTimer)
      clearTimeout(undoTimer)
    },
  }

  function dropLeft(): void {
    if (state.phase !== 'open') return
    state.left?.drop()
    change({ left: undefined })
  }
}

function plain({ version, text }: { version: number; text: string }) {
  return { version, text: withPlainEnds(text) }
}

function plainFile({ file, text }: FileText) {
  return plain({ version: file.version, text })
}

function conflictOf({ code, data }: Problem): SharedDraft['theirs'] | undefined {
  return code === 'conflict' && data && isConflict(data) ? data.theirs : undefined
}

function isConflict(data: object): data is SaveConflict {
  return 'theirs' in data && typeof data.theirs === 'object' && data.theirs !== null
}
