import type { Bounds } from './hit-test.ts'
import type { Viewport } from './overlay/protocol.ts'
import { zoomRange } from './stored-viewport.ts'

/** Room for the toolbar above and the controls below. */
const frame = { top: 64, side: 40, bottom: 64 } as const

/** The viewport that shows all of the bounds, never larger than life. */
export function fitTo(bounds: Bounds, width: number, height: number): Viewport {
  const inside = {
    width: Math.max(80, width - 2 * frame.side),
    height: Math.max(80, height - frame.top - frame.bottom),
  }
  const wanted = Math.min(inside.width / bounds.width, inside.height / bounds.height, 1)
  const zoom = Math.max(zoomRange.least, wanted)
  return {
    x: width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: frame.top + inside.height / 2 - (bounds.y + bounds.height / 2) * zoom,
    zoom,
  }
}
