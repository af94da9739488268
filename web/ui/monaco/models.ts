import type { CodeLanguage } from '../code-editor-props.ts'
import { monaco } from './monaco.ts'
import { smallestEdit } from './smallest-edit.ts'

type Model = monaco.editor.ITextModel
type View = monaco.editor.ICodeEditorViewState | null
type Kept = { model: Model; view: View; users: number }

/** Texts nobody shows any more, still remembered with their undo history. */
const restLimit = 20
const kept = new Map<string, Kept>()

/** The model of a path, made at first use and set to the value given; a later `releaseModel` must follow. */
export function takeModel(path: string, language: CodeLanguage, value: string): { model: Model; view: View } {
  const known = kept.get(path)
  if (known) {
    known.users += 1
    monaco.editor.setModelLanguage(known.model, language)
    setModelText(known.model, value)
    return known
  }
  const uri = monaco.Uri.from({ scheme: 'file', path: `/${path.replace(/^\/+/, '')}` })
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(value, language, uri)
  // An editor's own word on this does not reach its model, which would read all brackets anew at each key.
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } })
  model.setEOL(monaco.editor.EndOfLineSequence.LF)
  const made = { model, view: null, users: 1 }
  kept.set(path, made)
  return made
}

/** Gives a model back with the place the person was at. The longest unused ones are let go. */
export function releaseModel(path: string, view: View): void {
  const entry = kept.get(path)
  if (!entry) return
  entry.users -= 1
  entry.view = view
  kept.delete(path)
  kept.set(path, entry)
  const resting = [...kept].filter(([, candidate]) => candidate.users === 0)
  for (const [oldest, candidate] of resting.slice(0, Math.max(0, resting.length - restLimit))) {
    kept.delete(oldest)
    candidate.model.dispose()
  }
}

/** Puts another text in as one undoable edit; cursors outside the changed stretch stay where they are. */
export function setModelText(model: Model, text: string): void {
  const edit = smallestEdit(model.getValue(), text.replaceAll('\r\n', '\n'))
  if (!edit) return
  const range = monaco.Range.fromPositions(model.getPositionAt(edit.start), model.getPositionAt(edit.end))
  model.pushStackElement()
  model.pushEditOperations([], [{ range, text: edit.text, forceMoveMarkers: true }], () => null)
  model.pushStackElement()
}
