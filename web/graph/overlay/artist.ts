import { createPainter } from './painter.ts'
import type { FrameReply, FrameRequest } from './protocol.ts'

/** Who draws. `stage`: a canvas it draws on by itself, without the page, for as long as the viewport stays. */
type Artist = { draw: (request: FrameRequest) => void; stop: () => void; stage: HTMLCanvasElement | undefined }

type ArtistParts = {
  receive: (reply: FrameReply | undefined) => void
  /** The worker was lost with all it knew and with its stage; what draws now draws on the page. */
  onLost: () => void
}

/** A worker where the browser has one that can draw; else the same drawing on the page. */
export function startArtist({ receive, onLost }: ArtistParts): Artist {
  const worker = startWorker()
  if (!worker) return artistOnPage(receive)
  const stage = handOver(worker)
  let artist: Artist = {
    draw: (request) => worker.postMessage(request),
    stop: () => worker.terminate(),
    stage,
  }
  worker.addEventListener('message', (message: MessageEvent<FrameReply | undefined>) => receive(message.data))
  worker.addEventListener('error', () => {
    worker.terminate()
    artist = artistOnPage(receive)
    onLost()
  })
  return { draw: (request) => artist.draw(request), stop: () => artist.stop(), stage }
}

function artistOnPage(receive: (reply: FrameReply | undefined) => void): Artist {
  const painter = createPainter()
  const draw = (request: FrameRequest) => {
    painter.tell(request, performance.now())
    receive(painter.paint(performance.now()))
  }
  return { draw, stop: () => {}, stage: undefined }
}

function startWorker(): Worker | undefined {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return undefined
  try {
    return new Worker(new URL('../overlay.worker.ts', import.meta.url), { type: 'module', name: 'graph-overlay' })
  } catch {
    return undefined
  }
}

function handOver(worker: Worker): HTMLCanvasElement | undefined {
  const stage = document.createElement('canvas')
  if (!('transferControlToOffscreen' in stage)) return undefined
  const offscreen = stage.transferControlToOffscreen()
  worker.postMessage(offscreen, [offscreen])
  return stage
}
