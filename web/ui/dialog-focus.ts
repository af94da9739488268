import { useRef } from 'react'

const whereTheWorkIs = ['[data-autofocus]', 'input, textarea, select', 'footer button']

/** Puts the focus where the work is when a dialog opens (at the first of the selectors that finds one), and back to where it came from when it closes. */
export function useDialogFocus(selectors: readonly string[] = whereTheWorkIs) {
  const cameFrom = useRef<Element | null>(null)
  const onOpenAutoFocus = (event: Event) => {
    cameFrom.current = document.activeElement
    const dialog = event.target
    if (!(dialog instanceof HTMLElement)) return
    const first = selectors
      .map((selector) => dialog.querySelector<HTMLElement>(selector))
      .find((found) => found !== null)
    if (!first) return
    event.preventDefault()
    first.focus()
  }
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault()
    // Told a moment after it closed: who went somewhere by key since then stays there.
    const now = document.activeElement
    const isFree = now === null || now === document.body || (event.target instanceof Node && event.target.contains(now))
    if (isFree && cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus()
  }
  return { onOpenAutoFocus, onCloseAutoFocus }
}
