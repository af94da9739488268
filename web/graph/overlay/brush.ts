import type { Scene } from './scene.ts'

/** What draws: on the page's canvas or in the worker's. */
export type Brush = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** The part of the canvas that the picture shows, in canvas coordinates. */
export function visibleBounds({ viewport, surface }: Scene) {
  const left = (-surface.margin - viewport.x) / viewport.zoom
  const top = (-surface.margin - viewport.y) / viewport.zoom
  const right = left + (surface.width + 2 * surface.margin) / viewport.zoom
  const bottom = top + (surface.height + 2 * surface.margin) / viewport.zoom
  return { left, top, right, bottom }
}
