import type { Brush } from './brush.ts'
import type { Palette } from './protocol.ts'
import type { Scene } from './scene.ts'

const step = 24

/** A quiet grid of dots that moves with the canvas; it leaves before it would become noise. */
export function drawGrid(brush: Brush, { viewport, surface }: Scene, palette: Palette): void {
  const { zoom } = viewport
  if (zoom < 0.5) return
  const ratio = surface.pixelRatio
  const gap = step * zoom * ratio
  const size = Math.max(1, Math.round(1.2 * ratio))
  const startX = mod((viewport.x + surface.margin) * ratio, gap)
  const startY = mod((viewport.y + surface.margin) * ratio, gap)
  brush.fillStyle = palette.dot
  brush.beginPath()
  for (let y = startY; y < brush.canvas.height; y += gap) {
    for (let x = startX; x < brush.canvas.width; x += gap) brush.rect(Math.round(x), Math.round(y), size, size)
  }
  brush.fill()
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by
}
