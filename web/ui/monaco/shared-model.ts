import type * as Y from 'yjs'
import type { SharedCode } from '../shared-code.ts'
import { caretAfter, type OffsetEdit } from './caret-after.ts'
import { monaco } from './monaco.ts'

type Model = monaco.editor.ITextModel
type Editor = monaco.editor.ICodeEditor
type Bound = { editors: Set<Editor>; end: () => void }

const bound = new WeakMap<Model, Bound & { text: Y.Text }>()

/** Keeps a model and a shared text the same; two editors of one model share the tie. Returns the end of it. */
export function bindModel(model: Model, editor: Editor, { text, undo }: SharedCode): () => void {
  const known = bound.get(model)
  if (known && known.text !== text) known.end()
  const tie = known?.text === text ? known : { ...tieUp(model, text, undo), text }
  bound.set(model, tie)
  tie.editors.add(editor)
  return () => {
    tie.editors.delete(editor)
    if (tie.editors.size > 0) return
    tie.end()
    if (bound.get(model) === tie) bound.delete(model)
  }
}

function tieUp(model: Model, text: Y.Text, undo: Y.UndoManager): Bound {
  const editors = new Set<Editor>()
  /** Marks what was typed into this model. */
  const typed = { model }
  let isFollowing = false
  undo.addTrackedOrigin(typed)

  const follow = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === typed) return
    const edits = toEdits(event.delta)
    const keepCarets = transaction.origin === undo ? undefined : caretsBefore(model, editors, edits)
    isFollowing = true
    try {
      model.applyEdits(edits.map((edit) => asOperation(model, edit)))
    } finally {
      isFollowing = false
    }
    keepCarets?.()
    if (transaction.origin === undo) revealLast(model, editors, text, event.delta)
  }
  const write = (event: monaco.editor.IModelContentChangedEvent) => {
    if (isFollowing) return
    const fromTheEnd = [...event.changes].sort((a, b) => b.rangeOffset - a.rangeOffset)
    text.doc?.transact(() => {
      for (const change of fromTheEnd) {
        text.delete(change.rangeOffset, change.rangeLength)
        if (change.text !== '') text.insert(change.rangeOffset, change.text)
      }
    }, typed)
  }

  const now = text.toString()
  if (model.getValue() !== now) model.setValue(now)
  text.observe(follow)
  const writing = model.onDidChangeContent(write)
  const disposing = model.onWillDispose(() => end())
  // The editor's own undo knows nothing of what others typed in between: its commands lead to the shared one instead.
  const own = {
    undo: () => void undo.undo(),
    redo: () => void undo.redo(),
    canUndo: () => undo.undoStack.length > 0,
    canRedo: () => undo.redoStack.length > 0,
  }
  Object.assign(model, own)

  const end = () => {
    text.unobserve(follow)
    writing.dispose()
    disposing.dispose()
    undo.removeTrackedOrigin(typed)
    for (const name of Object.keys(own)) Reflect.deleteProperty(model, name)
  }
  return { editors, end }
}

type Delta = Y.YTextEvent['delta']

/** All of a change at once, in offsets of the text before it. */
function toEdits(delta: Delta): OffsetEdit[] {
  const edits: OffsetEdit[] = []
  let offset = 0
  let open: OffsetEdit | undefined
  for (const { retain, insert, delete: removed } of delta) {
    if (retain !== undefined) {
      offset += retain
      open = undefined
      continue
    }
    if (!open) {
      open = { start: offset, end: offset, text: '' }
      edits.push(open)
    }
    if (typeof insert === 'string') open.text += insert
    offset += removed ?? 0
    open.end = offset
  }
  return edits
}

function asOperation(model: Model, { start, end, text }: OffsetEdit): monaco.editor.IIdentifiedSingleEditOperation {
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
  return { range, text, forceMoveMarkers: false }
}

/** Gives what puts the carets back before what others insert at them; the editor would push them behind it. */
function caretsBefore(model: Model, editors: ReadonlySet<Editor>, edits: readonly OffsetEdit[]): () => void {
  const kept = [...editors].flatMap((editor) => {
    const places = (editor.getSelections() ?? []).map((selection) =>
      selection.isEmpty() ? caretAfter(edits, model.getOffsetAt(selection.getPosition())) : undefined,
    )
    return places.every((place) => place === undefined) ? [] : [{ editor, places }]
  })
  return () => {
    for (const { editor, places } of kept) {
      const moved = editor.getSelections() ?? []
      editor.setSelections(
        moved.map((selection, index) => {
          const place = places[index]
          return place === undefined ? selection : monaco.Selection.fromPositions(model.getPositionAt(place))
        }),
      )
    }
  }
}

/** What was undone is shown, with the cursor behind it. */
function revealLast(model: Model, editors: ReadonlySet<Editor>, text: Y.Text, delta: Delta): void {
  let offset = 0
  for (const { retain, insert } of delta) offset += retain ?? (typeof insert === 'string' ? insert.length : 0)
  const last = delta.at(-1)
  const end = model.getPositionAt(Math.min(last?.retain === undefined ? offset : offset - last.retain, text.length))
  for (const editor of editors) {
    if (!editor.hasTextFocus()) continue
    editor.setPosition(end)
    editor.revealPositionInCenterIfOutsideViewport(end)
  }
}
