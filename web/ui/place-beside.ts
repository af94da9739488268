export type Side = 'top' | 'right' | 'bottom' | 'left'

type Size = { width: number; height: number }
type Box = Size & { left: number; top: number }

const gap = 6
const edge = 8

/** Where a box goes beside a thing: on the wished side, on the other where that has no room, and never over the window's edge. */
export function placeBeside(thing: Box, box: Size, side: Side, room: Size): { left: number; top: number } {
  const right = thing.left + thing.width
  const bottom = thing.top + thing.height
  const centre = {
    left: clamp(thing.left + (thing.width - box.width) / 2, room.width - box.width),
    top: clamp(thing.top + (thing.height - box.height) / 2, room.height - box.height),
  }
  const above = thing.top - gap - box.height
  const below = bottom + gap
  const before = thing.left - gap - box.width
  const behind = right + gap
  const fitsBelow = below + box.height <= room.height - edge
  const fitsBehind = behind + box.width <= room.width - edge
  if (side === 'bottom') return { left: centre.left, top: fitsBelow || above < edge ? below : above }
  if (side === 'top') return { left: centre.left, top: above >= edge || !fitsBelow ? above : below }
  if (side === 'right') return { top: centre.top, left: fitsBehind || before < edge ? behind : before }
  return { top: centre.top, left: before >= edge || !fitsBehind ? before : behind }
}

function clamp(value: number, most: number): number {
  return Math.max(edge, Math.min(value, most - edge))
}
