import { startArtist } from './artist.ts'
import { gather } from './gather.ts'
import type { Change, FrameReply, Viewport } from './protocol.ts'

/** How a point of the graph becomes one of the minimap. */
export type Mapping = { scale: number; originX: number; originY: number }

export type OverlayParts = {
  canvas: HTMLCanvasElement
  minimapCanvas: () => HTMLCanvasElement | null
  onMinimap: (mapping: Mapping) => void
  /** The one that drew was lost with all it knew: tell everything again. */
  onRestart: () => void
}

/** So long after the last pan the worker draws on its own. */
const restMs = 250

/**
 * The picture under the cards. While the viewport moves, changes are gathered and drawn once per animation frame, one picture
 * at a time; between pictures the last one is moved along, so that it never lags behind the cards. While it rests, the worker
 * draws on a stage of its own, and the page has nothing to do with it: a picture that comes over it costs it a millisecond.
 */
export function createOverlay({ canvas, minimapCanvas, onMinimap, onRestart }: OverlayParts) {
  const context = canvas.getContext('bitmaprenderer')
  let viewport: Viewport = { x: 0, y: 0, zoom: 1 }
  let pictured: FrameReply | undefined
  let staged: FrameReply | undefined
  let phase: 'moving' | 'resting' = 'moving'
  let isStageShown = false
  let isRestDue = false
  let pending: Change = {}
  let isDrawing = false
  let isStale = false
  let isDue = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let restTimer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false
  const artist = startArtist({ receive, onLost })
  let stage = artist.stage
  if (stage) {
    stage.className = canvas.className
    stage.setAttribute('aria-hidden', 'true')
    stage.style.visibility = 'hidden'
    canvas.after(stage)
  }

  function change(next: Change): void {
    pending = gather(pending, next)
    if (next.surface) move()
    isStale = true
    schedule()
  }

  function follow(next: Viewport): void {
    viewport = next
    move()
    place()
    isStale = true
    schedule()
  }

  function move(): void {
    phase = 'moving'
    restSoon()
  }

  function restSoon(): void {
    isRestDue = false
    clearTimeout(restTimer)
    if (stage && !isClosed) restTimer = setTimeout(rest, restMs)
  }

  function rest(): void {
    // The stage is hidden before it is drawn anew: it is placed for what it showed.
    isRestDue = isDrawing || isStageShown || !pictured
    if (isRestDue) return
    phase = 'resting'
    staged = undefined
    isStale = true
    schedule()
  }

  function schedule(): void {
    if (isClosed || isDrawing || isDue) return
    isDue = true
    if (phase === 'resting') queueMicrotask(draw)
    else requestAnimationFrame(draw)
  }

  function draw(): void {
    isDue = false
    if (isClosed) return
    clearTimeout(timer)
    const isResting = phase === 'resting'
    const request = { ...pending, viewport, isResting }
    pending = {}
    isStale = false
    // On its stage the worker keeps its own time.
    isDrawing = !isResting
    artist.draw(request)
  }

  function receive(reply: FrameReply | undefined): void {
    if (isClosed) return
    if (reply?.minimap) showMinimap(reply.minimap)
    if (reply && !reply.picture) {
      stageDrawn(reply)
      return
    }
    isDrawing = false
    if (reply) showPicture(reply)
    if (isRestDue) rest()
    else if (isStale) schedule()
    else if (reply?.next !== undefined && phase === 'moving') timer = setTimeout(schedule, Math.max(0, reply.next - 16))
  }

  function stageDrawn(reply: FrameReply): void {
    if (phase !== 'resting' || staged) return
    staged = reply
    // It reaches the screen by another way than the page does, and is let go ahead.
    requestAnimationFrame(() => requestAnimationFrame(() => staged === reply && phase === 'resting' && show(true)))
  }

  function showPicture(reply: FrameReply): void {
    if (!reply.picture) return
    pictured = reply
    context?.transferFromImageBitmap(reply.picture)
    show(false)
  }

  function show(isOnStage: boolean): void {
    isStageShown = isOnStage
    place()
    canvas.style.visibility = isOnStage ? 'hidden' : 'visible'
    if (stage) stage.style.visibility = isOnStage ? 'visible' : 'hidden'
  }

  function showMinimap(minimap: NonNullable<FrameReply['minimap']>): void {
    minimapCanvas()?.getContext('bitmaprenderer')?.transferFromImageBitmap(minimap.picture)
    onMinimap(minimap)
  }

  function place(): void {
    const shown = isStageShown ? staged : pictured
    const at = isStageShown ? stage : canvas
    if (!shown || !at) return
    const { surface, viewport: drawn } = shown
    const scale = viewport.zoom / drawn.zoom
    const x = viewport.x - (drawn.x + surface.margin) * scale
    const y = viewport.y - (drawn.y + surface.margin) * scale
    at.style.width = `${surface.width + 2 * surface.margin}px`
    at.style.height = `${surface.height + 2 * surface.margin}px`
    at.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  }

  function onLost(): void {
    stage?.remove()
    stage = undefined
    clearTimeout(restTimer)
    phase = 'moving'
    isDrawing = false
    show(false)
    onRestart()
  }

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    clearTimeout(restTimer)
    artist.stop()
    stage?.remove()
  }

  return { change, follow, close }
}

export type Overlay = ReturnType<typeof createOverlay>
