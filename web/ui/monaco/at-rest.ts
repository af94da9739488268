import type { monaco } from './monaco.ts'

/** A text is looked through this long after the last keystroke: never while somebody types. */
const restMs = 300
/** Longer texts are edited, not looked through. */
const mostRead = 400_000

/** Gives the text whenever it has rested after a change, the first time soon; undefined for one that is too long. */
export function atRest(
  model: monaco.editor.ITextModel,
  look: (text: string | undefined) => void,
): { again: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!model.isDisposed()) look(model.getValueLength() > mostRead ? undefined : model.getValue())
    }, restMs)
  }
  const changes = model.onDidChangeContent(again)
  again()
  return {
    again,
    stop: () => {
      clearTimeout(timer)
      changes.dispose()
    },
  }
}
