/** Below this zoom a card is a block in its state's colour, drawn by the overlay. */
export const overviewBelow = 0.35

/** Below this zoom a card says its name and state only. */
const nameBelow = 0.62

export type Detail = 'full' | 'name' | 'block'

export function detailAt(zoom: number): Detail {
  if (zoom < overviewBelow) return 'block'
  return zoom < nameBelow ? 'name' : 'full'
}
