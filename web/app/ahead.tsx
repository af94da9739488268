import { useLayoutEffect, useRef } from 'react'
import { closeOverlay, typeAhead } from './palette-state.ts'

/** In place of what is found by typing and is still on its way: takes what is typed, for it, and is given up like it. */
export function Ahead({ label }: { label: string }) {
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    const cameFrom = document.activeElement
    field.current?.focus()
    // What comes in its place gives the focus back to where it was.
    return () => void (cameFrom instanceof HTMLElement && cameFrom.focus())
  }, [])
  return (
    <div
      role="dialog"
      aria-label={label}
      className="fixed inset-0 z-40 bg-scrim"
      onKeyDown={(event) => {
        if (event.key === 'Escape') closeOverlay()
        // Neither the page below nor the browser: what comes is here.
        if (event.key === 'Tab' || (event.key === 'k' && (event.ctrlKey || event.metaKey))) event.preventDefault()
      }}
      onClick={({ target }) => target !== field.current && closeOverlay()}
    >
      <input
        ref={field}
        aria-label={label}
        onChange={({ target }) => typeAhead(target.value)}
        className="fixed top-[14vh] left-1/2 z-40 h-11 w-[calc(100vw-24px)] max-w-145 -translate-x-1/2 rounded-8 bg-surface px-4 text-15 shadow-dialog outline-none"
      />
    </div>
  )
}
