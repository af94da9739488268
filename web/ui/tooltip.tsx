import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './kbd.tsx'
import { placeBeside, type Side } from './place-beside.ts'

export type TooltipSide = Side

export type TooltipProps = {
  label: ReactNode
  keys?: readonly string[]
  side?: TooltipSide
  /** One element that a pointer or the keyboard can reach. */
  children: ReactNode
}

const delay = 500
/** After one tooltip closed, its neighbours open at once for this long. */
const warmth = 300
let closedAt = Number.NEGATIVE_INFINITY

/** Shows a word beside a thing on hover and focus. It is for eyes: the thing's accessible name must say as much. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => () => clearTimeout(timer.current), [])

  const after = (wait: number, act: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, wait)
  }
  const close = () => {
    clearTimeout(timer.current)
    if (isOpen) closedAt = performance.now()
    setOpen(false)
  }
  const enter = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') return
    after(isOpen || performance.now() - closedAt < warmth ? 0 : delay, () => setOpen(true))
  }
  const focus = (event: FocusEvent) => {
    if (event.target.matches(':focus-visible')) after(delay, () => setOpen(true))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the one element inside, which has the role.
    <span
      ref={anchor}
      className="contents"
      onPointerOver={enter}
      onPointerOut={() => after(80, close)}
      onPointerDown={close}
      onFocus={focus}
      onBlur={close}
    >
      {children}
      {isOpen && (
        <Bubble anchor={() => anchor.current?.firstElementChild} side={side} onClose={close}>
          {label}
          {keys && <Kbd keys={keys} />}
        </Bubble>
      )}
    </span>
  )
}

type BubbleProps = { anchor: () => Element | null | undefined; side: Side; onClose: () => void; children: ReactNode }

function Bubble({ anchor, side, onClose, children }: BubbleProps) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })
  const place = (bubble: HTMLDivElement | null) => {
    const thing = anchor()
    if (!bubble || !thing) return
    const { left, top } = placeBeside(thing.getBoundingClientRect(), bubble.getBoundingClientRect(), side, {
      width: window.innerWidth,
      height: window.innerHeight,
    })
    bubble.style.left = `${left}px`
    bubble.style.top = `${top}px`
  }
  return createPortal(
    <div
      ref={place}
      role="tooltip"
      aria-hidden
      className="fixed z-50 flex max-w-80 animate-appear items-center gap-2 rounded-6 bg-surface-3 px-2 py-1 text-12 wrap-anywhere text-fg shadow-float"
    >
      {children}
    </div>,
    document.body,
  )
}
