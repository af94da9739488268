import { drawMinimap } from './draw-minimap.ts'
import { drawScene } from './draw-scene.ts'
import type { FrameReply, FrameRequest, Surface } from './protocol.ts'
import { emptyScene, updateScene } from './scene.ts'

/** The minimap follows states a few times a second: nobody reads it faster. */
const minimapMs = 250

/** Turns frame requests into pictures; runs in the worker, or on the page where there is none. */
export function createPainter() {
  const scene = emptyScene()
  const canvas = new OffscreenCanvas(1, 1)
  const minimapCanvas = new OffscreenCanvas(1, 1)
  const brush = canvas.getContext('2d')
  const minimapBrush = minimapCanvas.getContext('2d')
  let minimapDrawnAt = -minimapMs

  return function paint(request: FrameRequest, now: number): FrameReply | undefined {
    updateScene(scene, request, now)
    const { surface, viewport } = scene
    if (!brush || !minimapBrush || surface.width === 0 || surface.height === 0) return undefined
    resize(canvas, surface.width + 2 * surface.margin, surface.height + 2 * surface.margin, surface)
    let next = drawScene(brush, scene, now)
    const picture = canvas.transferToImageBitmap()
    let minimap: FrameReply['minimap']
    if (scene.isMinimapStale && scene.minimap.width > 0) {
      const isDue = now - minimapDrawnAt >= minimapMs || request.cards !== undefined || request.palette !== undefined
      if (isDue) {
        resize(minimapCanvas, scene.minimap.width, scene.minimap.height, scene.minimap)
        const mapping = drawMinimap(minimapBrush, scene)
        if (mapping) minimap = { picture: minimapCanvas.transferToImageBitmap(), ...mapping }
        scene.isMinimapStale = false
        minimapDrawnAt = now
      } else {
        next ??= minimapMs
      }
    }
    return { picture, viewport, surface, next, minimap }
  }
}

function resize(canvas: OffscreenCanvas, width: number, height: number, { pixelRatio }: Surface): void {
  const [pixelWidth, pixelHeight] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)]
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight
}
