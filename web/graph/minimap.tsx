import { useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, type RefObject, useRef } from 'react'
import { type MappingStore, useMapping } from './mapping-store.ts'
import type { Mapping } from './overlay/overlay.ts'
import { minimapSize } from './use-overlay.ts'

type MinimapProps = { canvas: RefObject<HTMLCanvasElement | null>; mappings: MappingStore }

/** The whole org in a corner; a press or drag on it moves the view. The keyboard has "Fit" and the arrow keys instead. */
export function Minimap({ canvas, mappings }: MinimapProps) {
  const flow = useReactFlow()
  const mapping = useMapping(mappings)
  const isPressed = useRef(false)
  const look = (event: PointerEvent<HTMLDivElement>) => {
    if (!mapping) return
    const box = event.currentTarget.getBoundingClientRect()
    const x = (event.clientX - box.left - mapping.originX) / mapping.scale
    const y = (event.clientY - box.top - mapping.originY) / mapping.scale
    void flow.setCenter(x, y, { zoom: flow.getZoom() })
  }
  return (
    <div
      aria-hidden
      className="absolute right-3 bottom-3 z-5 hidden overflow-hidden rounded-6 border border-line bg-raised shadow-card wide:block"
      style={minimapSize}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        isPressed.current = true
        look(event)
      }}
      onPointerMove={(event) => isPressed.current && look(event)}
      onPointerUp={() => {
        isPressed.current = false
      }}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      {mapping && <Frame mapping={mapping} />}
    </div>
  )
}

/** The part of the org that is on screen. */
function Frame({ mapping }: { mapping: Mapping }) {
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const scale = mapping.scale / zoom
  const left = clamp(-x * scale + mapping.originX, minimapSize.width)
  const top = clamp(-y * scale + mapping.originY, minimapSize.height)
  const right = clamp((width - x) * scale + mapping.originX, minimapSize.width)
  const bottom = clamp((height - y) * scale + mapping.originY, minimapSize.height)
  return (
    <span
      className="absolute top-0 left-0 origin-top-left rounded-[2px] border-[1.5px] border-accent"
      style={{ transform: `translate(${left}px, ${top}px)`, width: right - left, height: bottom - top }}
    />
  )
}

function clamp(value: number, most: number): number {
  return Math.max(2, Math.min(most - 4, value))
}
