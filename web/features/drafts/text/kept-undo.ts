import * as Y from 'yjs'
import { personal } from '../../../kernel/person.ts'
import { drop, read, sessionArea, write } from '../../../kernel/storage.ts'
import { fromBase64, toBase64 } from './base64.ts'

type Ranges = [client: number, ...ranges: [clock: number, length: number][]][]
type Step = { insertions: Ranges; deletions: Ranges }
/** `redone`: which characters came back under which new names. */
type Kept = { root: number; state: string; undo: Step[]; redo: Step[]; redone: Redone[] }
type Redone = [client: number, clock: number, length: number, nextClient: number, nextClock: number]

/** Beyond it the tab's storage would be full. */
const mostChars = 1_500_000
const mostSteps = 200

/** Remembers in this tab what can be undone; what others typed is in it only as far as it is needed. */
export function keepUndo(key: string, root: number, doc: Y.Doc, manager: Y.UndoManager): void {
  const place = personal(`undo.${key}`)
  if (place === undefined) return
  const isNothing = manager.undoStack.length === 0 && manager.redoStack.length === 0
  const state = isNothing ? '' : toBase64(Y.encodeStateAsUpdate(doc))
  if (isNothing || state.length > mostChars) {
    drop(sessionArea(), place)
    return
  }
  const kept: Kept = {
    root,
    state,
    undo: manager.undoStack.slice(-mostSteps).map(toStep),
    redo: manager.redoStack.slice(-mostSteps).map(toStep),
    redone: redoneIn(doc),
  }
  write(sessionArea(), place, kept)
}

/** The document's own state of before the reload, with all that was deleted; undefined where it began with another version. */
export function readKeptUndo(key: string, root: number): Kept | undefined {
  const place = personal(`undo.${key}`)
  if (place === undefined) return undefined
  try {
    const kept: Kept = JSON.parse(read(sessionArea(), place) ?? 'null')
    return kept?.root === root ? kept : undefined
  } catch {
    return undefined
  }
}

export function keptState(kept: Kept): Uint8Array {
  return fromBase64(kept.state)
}

/** After the state is in the document: the steps can be undone and done again as before. */
export function restoreUndo(kept: Kept, doc: Y.Doc, manager: Y.UndoManager): void {
  doc.transact((transaction) => {
    for (const [client, clock, length, nextClient, nextClock] of kept.redone) {
      if (clock + length > Y.getState(doc.store, client)) continue
      const item = Y.getItemCleanStart(transaction, Y.createID(client, clock))
      Y.getItemCleanEnd(transaction, doc.store, Y.createID(client, clock + length - 1))
      if (item instanceof Y.Item) item.redone = Y.createID(nextClient, nextClock)
    }
  })
  manager.undoStack.push(...kept.undo.map(fromStep))
  manager.redoStack.push(...kept.redo.map(fromStep))
}

type StackItem = Y.UndoManager['undoStack'][number]
type DeleteSet = StackItem['insertions']

function toStep({ insertions, deletions }: StackItem): Step {
  return { insertions: toRanges(insertions), deletions: toRanges(deletions) }
}

function fromStep({ insertions, deletions }: Step): StackItem {
  return { insertions: fromRanges(insertions), deletions: fromRanges(deletions), meta: new Map() }
}

function toRanges({ clients }: DeleteSet): Ranges {
  return [...clients].map(([client, ranges]) => [
    client,
    ...ranges.map(({ clock, len }): [number, number] => [clock, len]),
  ])
}

function fromRanges(ranges: Ranges): DeleteSet {
  const set = Y.createDeleteSet()
  for (const [client, ...all] of ranges)
    set.clients.set(
      client,
      all.map(([clock, len]) => ({ clock, len })),
    )
  return set
}

function redoneIn(doc: Y.Doc): Redone[] {
  return [...doc.store.clients.values()].flatMap((structs) =>
    structs.flatMap((struct): Redone[] =>
      struct instanceof Y.Item && struct.redone
        ? [[struct.id.client, struct.id.clock, struct.length, struct.redone.client, struct.redone.clock]]
        : [],
    ),
  )
}
