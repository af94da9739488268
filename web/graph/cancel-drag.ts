/**
 * Ends a drag under way when Escape is pressed, as if the button had been let go; `onCancel` is told before. The click that
 * the real button would still make is kept from the canvas. Returns the way to stop listening.
 */
export function cancelDragOnEscape(onCancel: () => void): () => void {
  const stopped = new AbortController()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onCancel()
    swallowNextClick()
    window.dispatchEvent(new MouseEvent('mouseup', { view: window, bubbles: true }))
  }
  window.addEventListener('keydown', onKeyDown, { capture: true, signal: stopped.signal })
  return () => stopped.abort()
}

function swallowNextClick(): void {
  const done = new AbortController()
  const swallow = (event: Event) => {
    event.stopPropagation()
    event.preventDefault()
    done.abort()
  }
  window.addEventListener('click', swallow, { capture: true, signal: done.signal })
  // The button comes up without a click when it lies over something else by then.
  window.addEventListener('mousedown', () => done.abort(), { capture: true, signal: done.signal })
}
