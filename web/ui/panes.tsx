import { type ReactNode, useId, useRef } from 'react'
import { classes } from './classes.ts'
import { PaneSeparator } from './pane-separator.tsx'

export type SplitPanesProps = {
  direction: 'row' | 'column'
  /** The second pane has the given size; the first takes what is left. */
  first: ReactNode
  second: ReactNode
  /** Name of the separator, e.g. "Resize the inspector". */
  label: string
  size: number
  min: number
  max: number
  /** What a double click returns to. */
  initial: number
  unit: 'px' | '%'
  onResize: (size: number) => void
  /** Enter on the separator, or a drag far below the minimum. */
  onCollapse?: () => void
  /** `second` shows one pane alone; both stay mounted. */
  shown?: 'both' | 'first' | 'second'
}

/** Two panes with a separator that pointer and keyboard move. A hidden pane stays mounted and out of the tab order. */
export function SplitPanes(props: SplitPanesProps) {
  const { direction, first, second, size, min, max, unit, shown = 'both' } = props
  const frame = useRef<HTMLDivElement>(null)
  const secondId = useId()
  const pixelsPerUnit = () => {
    const box = frame.current?.getBoundingClientRect()
    if (unit === 'px' || !box) return 1
    return (direction === 'row' ? box.width : box.height) / 100
  }
  const basis = shown === 'second' ? '100%' : `${Math.min(max, Math.max(min, size))}${unit}`
  return (
    <div ref={frame} className={classes('flex min-h-0 min-w-0 flex-1', direction === 'column' && 'flex-col')}>
      <div className="relative flex min-h-0 min-w-0 flex-1" hidden={shown === 'second'}>
        {first}
      </div>
      {shown === 'both' && <PaneSeparator {...props} controls={secondId} pixelsPerUnit={pixelsPerUnit} />}
      <div
        id={secondId}
        hidden={shown === 'first'}
        style={{ flexBasis: basis }}
        className="relative flex min-h-0 min-w-0 shrink-0"
      >
        {second}
      </div>
    </div>
  )
}
