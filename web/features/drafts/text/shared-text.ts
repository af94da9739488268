import * as Y from 'yjs'
import type { SharedDraft } from '#shared/drafts/contract.ts'
import { replaceText, withPlainEnds } from '#shared/drafts/text-doc.ts'
import type { FileId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client } from '../../../kernel/trpc.ts'
import { whenIdle } from '../../../kernel/when-idle.ts'
import { listenForText } from '../asides.ts'
import { pageId } from '../presence/page-id.ts'
import { presence } from '../presence/presence-store.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { createHeard } from './heard.ts'
import { keepUndo, readKeptUndo } from './kept-undo.ts'
import { createLeftBehind } from './left-behind.ts'
import { byPerson, fromServer, openDoc } from './open-doc.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createSaving } from './saving.ts'
import type { OpenTextState } from './text-state.ts'
import { createTextStore } from './text-store.ts'

export type TextRef = { orgId: OrgId; workspaceId: WorkspaceId; path: string }

export type SharedText = ReturnType<typeof createSharedText>

const openAgainMs = 3_000
const answerWithinMs = 15_000
const undoKeptAfterMs = 1_000
const togetherMs = 120
const aloneMs = 400

/** One text of a file, from opening to closing: it follows what others type and sends what is typed here. */
export function createSharedText(file: TextRef, { mayEdit }: { mayEdit: () => boolean }) {
  const key = `${file.orgId}.${file.workspaceId}.${file.path}`
  const life = new AbortController()
  const heard = createHeard()
  let root = 0
  let fileId: FileId | undefined
  let openTimer: ReturnType<typeof setTimeout> | undefined
  let undoTimer: ReturnType<typeof setTimeout> | undefined
  let isPulling = false
  let mustPullAgain = false
  /** The version from outside that could not be merged by itself; it is asked for once. */
  let tried = 0

  const soon = () => ({ signal: AbortSignal.any([life.signal, AbortSignal.timeout(answerWithinMs)]) })
  const store = createTextStore(() => outbox)
  const outbox: Outbox = createOutbox({
    place: { key, page: pageId },
    async send(update) {
      const { seq } = await client.drafts.push.mutate({ ...file, root, update: toBase64(update) }, soon())
      heardSeq(seq)
    },
    whole() {
      const state = store.open()
      return state && { root, text: state.open.text.toString(), baseVersion: state.base.version }
    },
    length: () => store.open()?.open.text.length ?? 0,
    // Nobody waits for each letter where nobody else has the text open.
    pushAfterMs: () => (presence.pagesOn(file.workspaceId, file.path).length > 0 ? togetherMs : aloneMs),
    mayPush: () => store.open()?.isSaving === false && mayEdit(),
    onChange: store.kept,
    onAnew: () => void renew(),
  })

  const left = createLeftBehind({
    ...{ key, store, outbox },
    readVersion: async (version) => (await client.files.read.query({ ...file, version }, soon())).text,
  })
  const save = createSaving({
    ...{ store, outbox, heardSeq, pull },
    rootNow: () => root,
    send: ({ update, ...rest }) =>
      client.drafts.save.mutate({ ...file, ...rest, update: update ? toBase64(update) : null }, soon()),
    renew: () => void renew(),
  })

  // Opening

  async function load(): Promise<void> {
    try {
      const answer = await client.drafts.read.query(file, { signal: life.signal })
      if (!life.signal.aborted) begin(answer)
    } catch (error) {
      if (life.signal.aborted) return
      store.tell({ phase: 'problem', problem: readProblem(error) })
      openTimer = setTimeout(() => void load(), openAgainMs)
    }
  }

  /** From nothing, or because the shared text began anew: then what was typed goes over into it by its words. */
  function begin(answer: SharedDraft): void {
    const before = store.open()
    const hadUnsent = before && !outbox.isEmpty()
    outbox.startAnew()
    root = answer.root.version
    fileId = answer.file.id
    heard.startAt(answer.seq)
    const open = openDoc(answer, mayEdit() ? readKeptUndo(key, root) : undefined)
    before?.open.undo.destroy()
    store.begin({
      ...{ phase: 'open', open, base: plain(answer.base), text: open.text.toString() },
      ...{ theirs: null, waiting: null, merged: undefined, left: before?.left },
      ...{ keeping: 'server', stuck: undefined, problem: undefined, isSaving: false },
    })
    open.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== fromServer) outbox.add(update)
      if (origin === fromServer || origin === byPerson) store.changed()
      else store.typed()
    })
    open.undo.on('stack-item-added', keepUndoSoon)
    open.undo.on('stack-item-popped', keepUndoSoon)
    if (mayEdit()) left.takeInherited(open.doc, root)
    if (hadUnsent)
      left.carryOver({ text: before.open.text.toString(), baseVersion: before.base.version }, before.base.text)
    store.changed()
    void heedTheirs(answer).then(compare)
    outbox.hurry()
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
    for (let state = store.open(); mustPullAgain && state && !life.signal.aborted; state = store.open()) {
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
    const state = store.open()
    if (!state) return
    if (answer.root.version !== root) {
      begin(answer)
      return
    }
    heard.startAt(answer.seq)
    if (answer.base.version >= state.base.version) store.change({ base: plain(answer.base) })
    if (answer.update !== '') Y.applyUpdate(state.open.doc, fromBase64(answer.update), fromServer)
    store.change({ waiting: answer.theirs, theirs: store.open()?.theirs ? answer.theirs : null })
    store.changed()
  }

  /** A version saved from outside is taken in by itself where that goes; else it waits until somebody decides. */
  async function heedTheirs({ theirs }: SharedDraft): Promise<void> {
    const state = store.open()
    if (!theirs || !mayEdit() || tried === theirs.version || !state) return
    tried = theirs.version
    const wasDirty = state.text !== state.base.text
    try {
      const answer = await client.drafts.follow.mutate({ ...file, have: have(state) }, soon())
      take(answer)
      if (!answer.theirs && wasDirty) store.change({ merged: { version: theirs.version, by: theirs.savedBy } })
    } catch {
      // The next save asks again, and says what stands in its way.
      tried = 0
    }
  }

  /** Both texts side by side, where there is another. */
  function compare(): void {
    const state = store.open()
    if (state) store.change({ theirs: state.waiting })
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
    const state = store.open()
    if (state && mayEdit() && !life.signal.aborted) keepUndo(key, root, state.open.doc, state.open.undo)
  }

  const unlisten = listenForText({
    hearDraft(aside) {
      const state = store.open()
      if (!state || aside.fileId !== fileId) return
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
    held({ workspaceId, path }) {
      const now = store.now()
      if (workspaceId !== file.workspaceId || path !== file.path || now.phase !== 'open' || !mayEdit()) return undefined
      if (!outbox.isEmpty()) return 'unsent'
      return now.text === now.base.text ? undefined : 'unsaved'
    },
    hearLive() {
      if (store.open()) pull()
      outbox.hurry()
    },
  })
  window.addEventListener('online', outbox.hurry, { signal: life.signal })
  window.addEventListener('focus', outbox.hurry, { signal: life.signal })
  window.addEventListener('pagehide', keepUndoNow, { signal: life.signal })
  window.addEventListener('pagehide', outbox.keepDue, { signal: life.signal })
  void load()

  return {
    now: store.now,
    subscribe: store.subscribe,
    /** As if the person had typed it. */
    setText(text: string): void {
      const state = store.open()
      if (state && mayEdit()) replaceText(state.open.text, text, byPerson)
    },
    /** Makes the text the next version. */
    save,
    /** Both texts side by side, now or not now. */
    compare,
    postpone: () => store.change({ theirs: null }),
    forgetMerged: () => store.change({ merged: undefined }),
    forgetProblem: () => store.change({ problem: undefined }),
    /** What was left of before, in place of the text. */
    takeLeft: left.take,
    dropLeft: left.drop,
    retry(): void {
      clearTimeout(openTimer)
      if (store.open()) outbox.hurry()
      else void load()
    },
    /** How far the text has come on the server, as somebody else says. */
    heardSeq: (seq: number) => {
      if (store.open() && heard.isNews(seq)) pull()
    },
    /** What is not on the server yet is sent, and stays in this browser where that fails. */
    async close(): Promise<void> {
      keepUndoNow()
      unlisten()
      clearTimeout(openTimer)
      await outbox.close()
      life.abort()
      store.end()
      clearTimeout(undoTimer)
    },
  }
}

function plain({ version, text }: { version: number; text: string }) {
  return { version, text: withPlainEnds(text) }
}
