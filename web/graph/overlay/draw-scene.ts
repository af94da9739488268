import type { Brush } from './brush.ts'
import { overviewBelow } from './detail.ts'
import { drawEdges } from './draw-edges.ts'
import { drawGrid } from './draw-grid.ts'
import { drawOverview } from './draw-overview.ts'
import type { Scene } from './scene.ts'

/** Steady movement needs no more; a pulse gets every frame. */
const steadyMs = 32

/** Draws all of it. Answers in how many milliseconds it wants to be drawn again. */
export function drawScene(brush: Brush, scene: Scene, now: number): number | undefined {
  const { surface, viewport, palette } = scene
  brush.setTransform(1, 0, 0, 1, 0, 0)
  brush.clearRect(0, 0, brush.canvas.width, brush.canvas.height)
  if (!palette) return undefined
  drawGrid(brush, scene, palette)
  const scale = viewport.zoom * surface.pixelRatio
  const originX = (viewport.x + surface.margin) * surface.pixelRatio
  const originY = (viewport.y + surface.margin) * surface.pixelRatio
  brush.setTransform(scale, 0, 0, scale, originX, originY)
  const isMoving = drawEdges(brush, scene, palette, now)
  if (viewport.zoom < overviewBelow) drawOverview(brush, scene, palette)
  if (scene.isMotionReduced) return undefined
  if (scene.pulses.length > 0) return 0
  return isMoving ? steadyMs : undefined
}
