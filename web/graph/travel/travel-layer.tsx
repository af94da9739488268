import { X } from 'lucide-react'
import { type CSSProperties, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { DelegationRow, useSomeWork } from '../../features/delegations/index.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { nameOf } from '../names.ts'
import { cardInFocus } from '../teams/commands.ts'
import type { StandsIn } from '../teams/project-work.ts'
import { type Journey, journeysOn, type Stretch } from './journeys.ts'
import { type Spot, type Travelling, travelStore, useTravelling } from './travel-store.ts'
import { useLiveTick } from './use-live-tick.ts'

type TravelLayerProps = {
  orgId: OrgId
  standsIn: StandsIn
  region: RefObject<HTMLElement | null>
  onOpenWork: (id: WorkspaceId, delegationId: string) => void
}

const panel = { width: 340, height: 320 } as const
const mostHovered = 4

/** Over the graph: what travels along the edge under the pointer, or the list of it that was asked for. */
export function TravelLayer({ orgId, standsIn, region, onOpenWork }: TravelLayerProps) {
  const travelling = useTravelling()
  if (!travelling) return null
  const close = () => {
    travelStore.show(undefined)
    const card = travelling.stretch.kind === 'card' ? travelling.stretch.id : cardInFocus()
    region.current?.querySelector<HTMLElement>(`[data-workspace-id="${card}"]`)?.focus({ preventScroll: true })
  }
  const open = (journey: Journey) => {
    travelStore.show(undefined)
    onOpenWork(journey.to, journey.id)
  }
  const place = placeIn(region.current, travelling.spot)
  const parts = { orgId, standsIn, travelling, place, onOpen: open }
  return travelling.isOpen ? <OpenPanel {...parts} onClose={close} /> : <Hovered {...parts} />
}

type Parts = {
  orgId: OrgId
  standsIn: StandsIn
  travelling: Travelling
  place: CSSProperties
  onOpen: (journey: Journey) => void
}

/** For eyes only: the command says the same to everybody. */
function Hovered({ orgId, standsIn, travelling, place, onOpen }: Parts) {
  return (
    <div
      inert
      style={place}
      className="pointer-events-none absolute z-10 flex flex-col overflow-hidden rounded-8 bg-surface p-1.5 shadow-float"
    >
      <p className="truncate px-2 py-1 text-12 font-medium">{titleOf(travelling.stretch)}</p>
      <Rows orgId={orgId} stretch={travelling.stretch} standsIn={standsIn} most={mostHovered} onOpen={onOpen} />
    </div>
  )
}

function OpenPanel({ orgId, standsIn, travelling, place, onOpen, onClose }: Parts & { onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.focus()
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) travelStore.show(undefined)
    }
    window.addEventListener('pointerdown', onPointerDown, { capture: true })
    return () => window.removeEventListener('pointerdown', onPointerDown, { capture: true })
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') return onClose()
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const rows = [...(box.current?.querySelectorAll('li button') ?? [])].filter((row) => row instanceof HTMLElement)
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    rows.at(event.key === 'ArrowDown' ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0))?.focus()
  }
  const title = titleOf(travelling.stretch)
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      style={place}
      className="absolute z-10 flex flex-col overflow-hidden rounded-8 bg-surface p-1.5 shadow-float focus:outline-none"
    >
      <div className="flex items-center gap-2 pl-2">
        <h2 className="min-w-0 flex-1 truncate text-13 font-semibold">{title}</h2>
        <IconButton icon={X} label="Close" keys={['Esc']} onClick={onClose} />
      </div>
      <div className="min-h-0 overflow-y-auto">
        <Rows orgId={orgId} stretch={travelling.stretch} standsIn={standsIn} most={Infinity} onOpen={onOpen} />
      </div>
    </div>
  )
}

type RowsProps = {
  orgId: OrgId
  stretch: Stretch
  standsIn: StandsIn
  most: number
  onOpen: (journey: Journey) => void
}

function Rows({ orgId, stretch, standsIn, most, onOpen }: RowsProps) {
  useLiveTick()
  const journeys = journeysOn(stretch, standsIn)
  const works = useSomeWork(
    orgId,
    journeys.map(({ to }) => to),
  )
  if (journeys.length === 0) return <p className="px-2 py-2 text-12 text-fg-2">Nothing travels here now.</p>
  const shown = journeys.slice(0, most)
  return (
    <ul>
      {shown.map((journey) => {
        const work = works?.get(journey.id)
        return (
          <li key={journey.id}>
            {work ? (
              <DelegationRow
                delegation={work}
                from={`${giverOf(journey) ?? work.requesterName} to ${work.workspaceName}`}
                onOpen={() => onOpen(journey)}
              />
            ) : (
              <div className="px-2 py-1.5">
                <SkeletonLines count={2} label="Reading the delegation" />
              </div>
            )}
          </li>
        )
      })}
      {journeys.length > shown.length && (
        <li className="px-2 py-1 text-12 text-fg-2">and {journeys.length - shown.length} more; click to see them</li>
      )}
    </ul>
  )
}

function giverOf({ from }: Journey): string | undefined {
  return from === null ? undefined : nameOf(from)
}

function titleOf(stretch: Stretch): string {
  if (stretch.kind === 'card') return `To and from ${nameOf(stretch.id) ?? 'here'}`
  return `From ${nameOf(stretch.from) ?? ''} to ${nameOf(stretch.to) ?? ''}`
}

/** Beside the spot, inside the graph. */
function placeIn(region: HTMLElement | null, { x, y }: Spot): CSSProperties {
  const { width = 0, height = 0 } = region?.getBoundingClientRect() ?? {}
  const wide = Math.min(panel.width, width - 16)
  const left = x + 14 + wide < width ? x + 14 : Math.max(8, x - 14 - wide)
  const top = Math.max(8, Math.min(y + 10, height - panel.height - 8))
  return { left, top, width: wide, maxHeight: panel.height }
}
