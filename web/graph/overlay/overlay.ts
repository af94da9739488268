import { createPainter } from './painter.ts'
import type { FrameReply, FrameRequest, Viewport } from './protocol.ts'

type Change = Partial<FrameRequest>

/** How a point of the graph becomes one of the minimap. */
export type Mapping = { scale: number; originX: number; originY: number }

export type OverlayParts = {
  canvas: HTMLCanvasElement
  minimapCanvas: () => HTMLCanvasElement | null
  onMinimap: (mapping: Mapping) => void
  /** The one that drew was lost with all it knew: tell everything again. */
  onRestart: () => void
}

/**
 * The picture under the cards. Changes are gathered and drawn once per animation frame, one picture at a time; between
 * pictures the last one is moved along with the viewport, so that it never lags behind the cards.
 */
export function createOverlay({ canvas, minimapCanvas, onMinimap, onRestart }: OverlayParts) {
  const context = canvas.getContext('bitmaprenderer')
  let viewport: Viewport = { x: 0, y: 0, zoom: 1 }
  let shown: FrameReply | undefined
  let pending: Change = {}
  let isDrawing = false
  let isStale = false
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false
  const artist = startArtist(receive, onRestart)

  function change(next: Change): void {
    pending = merge(pending, next)
    isStale = true
    schedule()
  }

  function follow(next: Viewport): void {
    viewport = next
    place()
    isStale = true
    schedule()
  }

  function schedule(): void {
    if (isClosed || isDrawing || frame !== undefined) return
    frame = requestAnimationFrame(draw)
  }

  function draw(): void {
    frame = undefined
    clearTimeout(timer)
    const request = { ...pending, viewport }
    pending = {}
    isStale = false
    isDrawing = true
    artist.draw(request)
  }

  function receive(reply: FrameReply | undefined): void {
    isDrawing = false
    if (isClosed) return
    if (reply) show(reply)
    if (isStale) schedule()
    else if (reply?.next !== undefined) timer = setTimeout(schedule, Math.max(0, reply.next - 16))
  }

  function show(reply: FrameReply): void {
    shown = reply
    context?.transferFromImageBitmap(reply.picture)
    place()
    if (!reply.minimap) return
    minimapCanvas()?.getContext('bitmaprenderer')?.transferFromImageBitmap(reply.minimap.picture)
    onMinimap(reply.minimap)
  }

  function place(): void {
    if (!shown) return
    const { surface, viewport: drawn } = shown
    const scale = viewport.zoom / drawn.zoom
    const x = viewport.x - (drawn.x + surface.margin) * scale
    const y = viewport.y - (drawn.y + surface.margin) * scale
    canvas.style.width = `${surface.width + 2 * surface.margin}px`
    canvas.style.height = `${surface.height + 2 * surface.margin}px`
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  }

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    if (frame !== undefined) cancelAnimationFrame(frame)
    artist.stop()
  }

  return { change, follow, close }
}

export type Overlay = ReturnType<typeof createOverlay>

/** Later values win; what is a list of news adds up. */
function merge(before: Change, next: Change): Change {
  if (next.isFresh) return { ...before, ...next }
  return {
    ...before,
    ...next,
    isFresh: before.isFresh,
    moved: join(before.moved, next.moved),
    activities: join(before.activities, next.activities),
    work: join(before.work, next.work),
    heats: join(before.heats, next.heats),
    pulses: join(before.pulses, next.pulses),
  }
}

function join<T>(before: readonly T[] | undefined, next: readonly T[] | undefined): readonly T[] | undefined {
  if (!before) return next
  return next ? [...before, ...next] : before
}

type Artist = { draw: (request: FrameRequest) => void; stop: () => void }

/** A worker where the browser has one that can draw; else the same drawing on the page. */
function startArtist(receive: (reply: FrameReply | undefined) => void, onRestart: () => void): Artist {
  const worker = startWorker()
  if (!worker) return artistOnPage(receive)
  let artist: Artist = {
    draw: (request) => worker.postMessage(request),
    stop: () => worker.terminate(),
  }
  worker.addEventListener('message', (message: MessageEvent<FrameReply | undefined>) => receive(message.data))
  worker.addEventListener('error', () => {
    worker.terminate()
    artist = artistOnPage(receive)
    receive(undefined)
    onRestart()
  })
  return { draw: (request) => artist.draw(request), stop: () => artist.stop() }
}

function artistOnPage(receive: (reply: FrameReply | undefined) => void): Artist {
  const paint = createPainter()
  return { draw: (request) => receive(paint(request, performance.now())), stop: () => {} }
}

function startWorker(): Worker | undefined {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return undefined
  try {
    return new Worker(new URL('../overlay.worker.ts', import.meta.url), { type: 'module', name: 'graph-overlay' })
  } catch {
    return undefined
  }
}
