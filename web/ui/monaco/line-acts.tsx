import { createPortal } from 'react-dom'
import { Button } from '../button.tsx'
import type { LineAct, TextPlace } from '../code-help.ts'
import { atRest } from './at-rest.ts'
import { monaco } from './monaco.ts'

/** A place at the end of a line, which goes with that line while the text around it changes. */
export type LineMark = {
  id: string
  node: HTMLElement
  place: () => TextPlace | undefined
  widget: monaco.editor.IContentWidget
  /** Since it was last asked. */
  hasMoved: () => boolean
}

export type LineActsProps = { act: LineAct | undefined; marks: readonly LineMark[] }

/** The buttons themselves. They are for the mouse: whoever offers an act here has a command for it. */
export function LineActs({ act, marks }: LineActsProps) {
  if (!act) return null
  return marks.map(({ id, node, place }) => {
    const run = () => {
      const now = place()
      if (now) act.run(now)
    }
    return createPortal(
      <Button size="small" tone="ghost" icon={act.icon} tabIndex={-1} onClick={run} className="ml-3 max-h-5">
        {act.label}
      </Button>,
      node,
      id,
    )
  })
}

/** Keeps a mark at each line where the act is offered, until the returned function is called. `latest` may change its answer at any time. */
export function attachLineAct(
  editor: monaco.editor.ICodeEditor,
  model: monaco.editor.ITextModel,
  { latest, show }: { latest: () => LineAct | undefined; show: (marks: readonly LineMark[]) => void },
): { look: () => void; detach: () => void } {
  const lines = editor.createDecorationsCollection()
  let marks: readonly LineMark[] = []
  const layOut = () => {
    // Each that is laid out is measured: at most keys none has moved.
    for (const { widget, hasMoved } of marks) if (hasMoved()) editor.layoutContentWidget(widget)
  }
  const keep = (count: number) => {
    if (count === marks.length) return
    const kept = marks.slice(0, count)
    for (const { widget } of marks.slice(count)) editor.removeContentWidget(widget)
    const added = Array.from({ length: count - kept.length }, (_, index) =>
      makeMark(model, () => lines.getRange(kept.length + index)?.startLineNumber),
    )
    for (const { widget } of added) editor.addContentWidget(widget)
    marks = [...kept, ...added]
    show(marks)
  }
  const rest = atRest(model, (text) => {
    const wanted = (text !== undefined && latest()?.linesOf(text)) || []
    lines.set(wanted.map((line) => ({ range: wholeLine(model, line), options: { stickiness } })))
    keep(wanted.length)
    layOut()
  })
  const changes = model.onDidChangeContent(layOut)
  return {
    look: rest.again,
    detach: () => {
      rest.stop()
      changes.dispose()
      keep(0)
      lines.clear()
    },
  }
}

let lastMark = 0

function makeMark(model: monaco.editor.ITextModel, lineNow: () => number | undefined): LineMark {
  lastMark += 1
  const id = `line-act-${lastMark}`
  const node = document.createElement('div')
  const endNow = () => {
    const line = lineNow()
    return line === undefined ? null : new monaco.Position(line, model.getLineMaxColumn(line))
  }
  const widget = {
    getId: () => id,
    getDomNode: () => node,
    getPosition: () => {
      const position = endNow()
      return position && { position, preference: [monaco.editor.ContentWidgetPositionPreference.EXACT] }
    },
    suppressMouseDown: true,
  }
  const place = () => {
    const line = lineNow()
    return line === undefined ? undefined : { text: model.getValue(), line }
  }
  let before: monaco.Position | null = null
  const hasMoved = () => {
    const now = endNow()
    const isSame = monaco.Position.equals(before, now)
    before = now
    return !isSame
  }
  return { id, node, place, widget, hasMoved }
}

const stickiness = monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges

function wholeLine(model: monaco.editor.ITextModel, line: number): monaco.IRange {
  return { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: model.getLineMaxColumn(line) }
}
