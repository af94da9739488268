import { ViewportPortal } from '@xyflow/react'
import { ArrowUpToLine } from 'lucide-react'
import type { RefObject } from 'react'
import { classes } from '../ui/classes.ts'
import { type DragLookStore, useDragLook } from './drag-look.ts'
import type { Bounds } from './hit-test.ts'

type RootZoneProps = { zone: RefObject<HTMLDivElement | null>; isOver: boolean }

/** What is shown while cards are held, and what letting go would do. */
export function DragLayer({ look, zone }: { look: DragLookStore; zone: RefObject<HTMLDivElement | null> }) {
  const shown = useDragLook(look)
  if (!shown) return null
  return (
    <>
      {shown.canBecomeRoot && <RootZone zone={zone} isOver={shown.isOverZone} />}
      {shown.ground && <TeamGround {...shown.ground} />}
      {shown.hint && <DragHint>{shown.hint}</DragHint>}
    </>
  )
}

/** While a card is dragged: dropped here it reports to nobody. */
function RootZone({ zone, isOver }: RootZoneProps) {
  return (
    <div
      ref={zone}
      className={classes(
        'pointer-events-none absolute top-3 left-1/2 z-10 flex h-11 -translate-x-1/2 animate-appear items-center gap-2 rounded-8 border border-dashed px-5 text-13 font-medium shadow-card',
        isOver ? 'border-accent bg-accent-soft text-accent' : 'border-line-2 bg-raised text-fg-2',
      )}
    >
      <ArrowUpToLine size={16} strokeWidth={1.75} aria-hidden />
      Make it a root
    </div>
  )
}

/** The ground of the team a held card belongs to: off it, letting go takes the card out. */
function TeamGround({ x, y, width, height, name, isLeft }: Bounds & { name: string; isLeft: boolean }) {
  return (
    <ViewportPortal>
      <div
        className={classes(
          'pointer-events-none absolute top-0 left-0 -z-1 rounded-8 border border-dashed px-3 py-2 text-12',
          isLeft ? 'border-line text-fg-3' : 'border-line-2 bg-hover text-fg-2',
        )}
        style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
      >
        Team of {name}
      </div>
    </ViewportPortal>
  )
}

/** What letting go would do now; the card itself is hidden under the pointer's. */
function DragHint({ children }: { children: string }) {
  return (
    <p className="pointer-events-none absolute bottom-12 left-1/2 z-10 max-w-[80%] -translate-x-1/2 truncate rounded-6 bg-fg px-3 py-1.5 text-13 text-surface shadow-float">
      {children}
    </p>
  )
}
