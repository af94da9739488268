import { type RefObject, useEffect } from 'react'
import { pointedStore, usePointed } from './pointed-store.ts'

const widthPx = 240

/** Whose block is under the pointer. For eyes only: the arrow keys name each workspace to everybody. */
export function BlockName({ region }: { region: RefObject<HTMLElement | null> }) {
  const pointed = usePointed()
  useEffect(() => () => pointedStore.show(undefined), [])
  if (!pointed) return null
  const { name, role, spot } = pointed
  const room = region.current?.clientWidth ?? 0
  const left = Math.max(8, Math.min(spot.x + 14, room - widthPx - 8))
  return (
    <div
      inert
      data-block-name
      style={{ left, top: spot.y + 14, maxWidth: widthPx }}
      className="pointer-events-none absolute z-10 rounded-6 bg-surface px-2 py-1 text-12 shadow-float"
    >
      <p className="truncate font-medium">{name}</p>
      {role !== '' && <p className="line-clamp-2 text-fg-2">{role}</p>}
    </div>
  )
}
