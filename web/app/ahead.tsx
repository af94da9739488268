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
      aria-modal="true"
      aria-label={label}
      className="fixed inset-0 z-40 bg-scrim px-3 pt-[14vh]"
      onKeyDown={({ key }) => key === 'Escape' && closeOverlay()}
      onPointerDown={({ target, currentTarget }) => target === currentTarget && closeOverlay()}
    >
      <input
        ref={field}
        aria-label={label}
        onKeyDown={(event) => {
          // The key that opens, held.
          if (event.repeat && event.currentTarget.value === '') event.preventDefault()
        }}
        onChange={({ target }) => typeAhead(target.value)}
        className="mx-auto block h-11 w-full max-w-145 rounded-8 bg-surface px-4 text-15 shadow-dialog outline-none"
      />
    </div>
  )
}
