import { useReactFlow } from '@xyflow/react'
import type { MouseEvent, RefObject } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { select, selectedNow } from '../../features/workspaces/index.ts'
import { cardAt } from '../hit-test.ts'
import type { Cards } from '../use-cards.ts'
import { pointedStore } from './pointed-store.ts'

export type Point = Pick<MouseEvent, 'clientX' | 'clientY'>

type Given = {
  cards: Cards
  region: RefObject<HTMLElement | null>
  isPicture: boolean
  onSelect: (id: WorkspaceId | null) => void
}

const nobody: ReadonlySet<string> = new Set()
/** At which cards are in the page again. */
const nearZoom = 0.7

/** A large org from afar is a picture without cards: its blocks are pointed at, pressed and chosen by where they lie. */
export function useBlocks({ cards, region, isPicture, onSelect }: Given) {
  const flow = useReactFlow()
  const placeOf = ({ clientX: x, clientY: y }: Point) => flow.screenToFlowPosition({ x, y })
  const at = (point: Point): Workspace | undefined =>
    isPicture ? cardAt(cards.now.current, placeOf(point), nobody)?.data.workspace : undefined
  const pointAway = () => pointedStore.show(undefined)

  return {
    at,
    pointAway,
    /** True where a block is under the pointer; its name is shown. */
    point(event: MouseEvent): boolean {
      const block = event.buttons === 0 ? at(event) : undefined
      if (!block) pointAway()
      else if (pointedStore.now()?.id !== block.id) {
        const { left = 0, top = 0 } = region.current?.getBoundingClientRect() ?? {}
        const { id, name, role } = block
        pointedStore.show({ id, name, role, spot: { x: event.clientX - left, y: event.clientY - top } })
      }
      return block !== undefined
    },
    /** True where there was a block: it is gone to, or with a key held added to what is selected, or taken out. */
    press(event: MouseEvent): boolean {
      const block = at(event)
      if (!block) return false
      pointAway()
      if (event.shiftKey || event.metaKey || event.ctrlKey) {
        const chosen = selectedNow()
        select(chosen.includes(block.id) ? chosen.filter((id) => id !== block.id) : [...chosen, block.id])
        return true
      }
      onSelect(block.id)
      const { x, y } = placeOf(event)
      void flow.setCenter(x, y, { zoom: nearZoom })
      return true
    },
    /** A press beside all of them. */
    letGo(): void {
      if (isPicture && selectedNow().length > 0) select([])
    },
  }
}
