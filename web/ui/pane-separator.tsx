import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { classes } from './classes.ts'

export type PaneSeparatorProps = {
  direction: 'row' | 'column'
  label: string
  /** The id of the pane whose size it sets. */
  controls: string
  size: number
  min: number
  max: number
  initial: number
  pixelsPerUnit: () => number
  onResize: (size: number) => void
  onCollapse?: () => void
}

/** A hairline with a wide grip: drag, arrows (Shift for larger steps), Home, End, Enter to collapse, double click to reset. */
export function PaneSeparator(props: PaneSeparatorProps) {
  const { direction, label, controls, size, min, max, initial, pixelsPerUnit, onResize, onCollapse } = props
  const grip = useRef<{ at: number; size: number } | undefined>(undefined)
  const [isDragged, setDragged] = useState(false)
  const resize = (next: number) => onResize(Math.min(max, Math.max(min, next)))

  const start = (event: PointerEvent<HTMLHRElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = { at: along(event, direction), size }
    setDragged(true)
  }
  const drag = (event: PointerEvent<HTMLHRElement>) => {
    if (!grip.current) return
    const next = grip.current.size + (grip.current.at - along(event, direction)) / pixelsPerUnit()
    if (onCollapse && next < min / 2) {
      end()
      return onCollapse()
    }
    resize(next)
  }
  const end = () => {
    grip.current = undefined
    setDragged(false)
  }
  const press = (event: KeyboardEvent) => {
    const step = (event.shiftKey ? 64 : 16) / pixelsPerUnit()
    const moves: Record<string, () => void> = {
      [direction === 'row' ? 'ArrowLeft' : 'ArrowUp']: () => resize(size + step),
      [direction === 'row' ? 'ArrowRight' : 'ArrowDown']: () => resize(size - step),
      Home: () => resize(min),
      End: () => resize(max),
      Enter: () => onCollapse?.(),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  return (
    <hr
      aria-label={label}
      aria-controls={controls}
      aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={start}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
      onDoubleClick={() => resize(initial)}
      onKeyDown={press}
      className={classes(
        'relative z-10 m-0 shrink-0 touch-none border-0 transition-colors',
        'before:absolute focus-visible:bg-accent focus-visible:outline-offset-0',
        direction === 'row'
          ? 'h-auto w-px self-stretch cursor-col-resize before:inset-y-0 before:-inset-x-1'
          : 'h-px cursor-row-resize before:inset-x-0 before:-inset-y-1',
        isDragged ? 'bg-accent' : 'bg-line hover:bg-accent',
      )}
    />
  )
}

function along(event: PointerEvent, direction: 'row' | 'column'): number {
  return direction === 'row' ? event.clientX : event.clientY
}
