import { useEffect } from 'react'
import { type PasteInto, pasteText } from '../features/copies/index.ts'

/** Takes the text of a bundle from elsewhere, which the browser gives only at its own paste. `undefined` takes none. */
export function usePastedText(into: (() => PasteInto) | undefined): void {
  useEffect(() => {
    if (!into) return
    const onPaste = (event: ClipboardEvent) => {
      if (!isForGraph(event.target)) return
      if (pasteText(into(), event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault()
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [into])
}

function isForGraph(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body) return true
  return target.closest('[data-scope="graph"]') !== null && target.closest('input, textarea') === null
}
