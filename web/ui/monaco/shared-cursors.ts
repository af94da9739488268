import * as Y from 'yjs'
import type { CodeCursor, SharedCode } from '../shared-code.ts'
import { monaco } from './monaco.ts'
import './shared-cursors.css'

type Editor = monaco.editor.ICodeEditor
type Mark = { widget: monaco.editor.IContentWidget; node: HTMLElement; at: monaco.Position; rest: Timer | undefined }
type Timer = ReturnType<typeof setTimeout>

/** The name is shown while somebody moves, and for so long after. */
const nameShownMs = 3_000

/** Draws where the others are, and tells them where this person is. Returns the end of it. */
export function showCursors(editor: Editor, { text, cursors }: SharedCode): () => void {
  const { doc } = text
  const model = editor.getModel()
  if (!doc || !model) return () => {}
  const selections = editor.createDecorationsCollection()
  const marks = new Map<string, Mark>()

  const place = (position: Uint8Array): number | undefined => {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc)
    return found?.type === text ? found.index : undefined
  }

  const draw = () => {
    const shown = cursors.now().flatMap((cursor) => {
      const [anchor, head] = [place(cursor.anchor), place(cursor.head)]
      if (anchor === undefined || head === undefined) return []
      return [{ cursor, anchor: model.getPositionAt(anchor), head: model.getPositionAt(head) }]
    })
    selections.set(
      shown.map(({ cursor, anchor, head }) => ({
        range: monaco.Range.fromPositions(
          ...(anchor.isBefore(head) ? ([anchor, head] as const) : ([head, anchor] as const)),
        ),
        options: {
          className: `shared-selection shared-person-${cursor.color}`,
          stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
        },
      })),
    )
    const ids = new Set(shown.map(({ cursor }) => cursor.id))
    for (const id of marks.keys()) if (!ids.has(id)) remove(id)
    for (const { cursor, head } of shown) move(cursor, head)
  }

  const move = (cursor: CodeCursor, at: monaco.Position) => {
    const known = marks.get(cursor.id)
    const mark = known ?? makeMark(cursor, at)
    if (!known) {
      marks.set(cursor.id, mark)
      editor.addContentWidget(mark.widget)
    } else if (known.at.equals(at)) return
    mark.at = at
    mark.node.dataset.isFirstLine = String(at.lineNumber === 1)
    mark.node.style.height = `${editor.getOption(monaco.editor.EditorOption.lineHeight)}px`
    editor.layoutContentWidget(mark.widget)
    mark.node.dataset.isResting = 'false'
    clearTimeout(mark.rest)
    mark.rest = setTimeout(() => {
      mark.node.dataset.isResting = 'true'
    }, nameShownMs)
  }

  const remove = (id: string) => {
    const mark = marks.get(id)
    if (!mark) return
    clearTimeout(mark.rest)
    editor.removeContentWidget(mark.widget)
    marks.delete(id)
  }

  const tell = () => {
    const selection = editor.getSelection()
    // The same text may be open on both sides: only where the person is moves by their hand.
    if (!selection || !editor.hasTextFocus()) return
    const [start, end] = [selection.getStartPosition(), selection.getEndPosition()].map((at) => model.getOffsetAt(at))
    const isBackward = selection.getDirection() === monaco.SelectionDirection.RTL
    const encode = (offset = 0) =>
      Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, Math.min(offset, text.length)))
    cursors.move({ anchor: encode(isBackward ? end : start), head: encode(isBackward ? start : end) })
  }

  const listening = [
    editor.onDidChangeCursorSelection(tell),
    editor.onDidFocusEditorText(tell),
    // After the text itself: only then are the places where they belong.
    model.onDidChangeContent(() => queueMicrotask(() => editor.getModel() === model && draw())),
  ]
  const unsubscribe = cursors.subscribe(draw)
  draw()
  tell()
  return () => {
    unsubscribe()
    for (const one of listening) one.dispose()
    for (const id of [...marks.keys()]) remove(id)
    selections.clear()
  }
}

function makeMark(cursor: CodeCursor, at: monaco.Position): Mark {
  const node = document.createElement('div')
  node.className = `shared-caret shared-person-${cursor.color}`
  node.ariaHidden = 'true'
  const label = document.createElement('span')
  label.className = 'shared-name'
  label.textContent = cursor.name
  node.append(label)
  const mark: Mark = {
    ...{ node, at, rest: undefined },
    widget: {
      getId: () => `shared-caret-${cursor.id}`,
      getDomNode: () => node,
      getPosition: () => ({
        position: mark.at,
        preference: [monaco.editor.ContentWidgetPositionPreference.EXACT],
      }),
      suppressMouseDown: true,
    },
  }
  return mark
}
