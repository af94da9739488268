import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { pointedStore, usePointed } from './pointed-store.ts'

const widthPx = 240
/** A name of two lines with a role of two. */
const heightPx = 80

/** Whose block is under the pointer. For eyes only: the arrow keys name each workspace to everybody. */
export function BlockName({ region }: { region: RefObject<HTMLElement | null> }) {
  const pointed = usePointed()
  const flow = useStoreApi()
  useEffect(() => {
    // Under a pointer that rests another block may come to lie.
    const stop = flow.subscribe((now, before) => {
      if (now.transform !== before.transform) pointedStore.show(undefined)
    })
    return () => {
      stop()
      pointedStore.show(undefined)
    }
  }, [flow])
  if (!pointed) return null
  const { name, role, spot } = pointed
  const { clientWidth = 0, clientHeight = 0 } = region.current ?? {}
  const left = Math.max(8, Math.min(spot.x + 14, clientWidth - widthPx - 8))
  const top = Math.max(8, Math.min(spot.y + 14, clientHeight - heightPx - 8))
  return (
    <div
      inert
      data-block-name
      style={{ left, top, maxWidth: widthPx }}
      className="pointer-events-none absolute z-10 rounded-6 bg-surface px-2 py-1 text-12 shadow-float"
    >
      <p className="font-medium break-words">{name}</p>
      {role !== '' && <p className="line-clamp-2 text-fg-2">{role}</p>}
    </div>
  )
}
