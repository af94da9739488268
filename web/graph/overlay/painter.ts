import { drawMinimap } from './draw-minimap.ts'
import { drawScene } from './draw-scene.ts'
import type { FrameReply, FrameRequest, Surface } from './protocol.ts'
import { emptyScene, updateScene } from './scene.ts'

/** The minimap follows states a few times a second: nobody reads it faster. */
const minimapMs = 250

type Sheet = { canvas: OffscreenCanvas; brush: OffscreenCanvasRenderingContext2D }

/** Turns what it is told into pictures; runs in the worker, or on the page where there is none. */
export function createPainter() {
  const scene = emptyScene()
  const sheet = sheetOn(new OffscreenCanvas(1, 1))
  const minimapSheet = sheetOn(new OffscreenCanvas(1, 1))
  let minimapDrawnAt = -minimapMs

  function tell(request: FrameRequest, now: number): void {
    updateScene(scene, request, now)
    if (request.cards || request.palette) minimapDrawnAt = -minimapMs
  }

  /** A picture to be shown by the page. */
  function paint(now: number): FrameReply | undefined {
    const reply = sheet && paintOn(sheet, now)
    return reply && { ...reply, picture: sheet.canvas.transferToImageBitmap() }
  }

  /** Paints where it is shown without the page; answers what the page should know of it. */
  function paintOn({ canvas, brush }: Sheet, now: number): FrameReply | undefined {
    const { surface, viewport } = scene
    if (surface.width === 0 || surface.height === 0) return undefined
    resize(canvas, surface.width + 2 * surface.margin, surface.height + 2 * surface.margin, surface)
    const moves = drawScene(brush, scene, now)
    const minimap = paintMinimap(now)
    const next = moves ?? (scene.isMinimapStale && scene.minimap.width > 0 ? minimapMs : undefined)
    return { picture: undefined, viewport, surface, next, minimap }
  }

  function paintMinimap(now: number): FrameReply['minimap'] {
    const { minimap } = scene
    if (!minimapSheet || !scene.isMinimapStale || minimap.width === 0 || now - minimapDrawnAt < minimapMs)
      return undefined
    resize(minimapSheet.canvas, minimap.width, minimap.height, minimap)
    const mapping = drawMinimap(minimapSheet.brush, scene)
    scene.isMinimapStale = false
    minimapDrawnAt = now
    return mapping && { picture: minimapSheet.canvas.transferToImageBitmap(), ...mapping }
  }

  return { tell, paint, paintOn }
}

export function sheetOn(canvas: OffscreenCanvas): Sheet | undefined {
  const brush = canvas.getContext('2d')
  return brush ? { canvas, brush } : undefined
}

function resize(canvas: OffscreenCanvas, width: number, height: number, { pixelRatio }: Surface): void {
  const [pixelWidth, pixelHeight] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)]
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight
}
