import { createPainter, sheetOn } from './overlay/painter.ts'
import type { FrameReply, FrameRequest } from './overlay/protocol.ts'

// Draws what moves under the cards, so that the page's own thread is left to the person.
const painter = createPainter()
let stage: ReturnType<typeof sheetOn>
let isResting = false
/** The page shows the stage when it was told of the first picture on it. */
let isFirst = false
let isDue = false
let timer: ReturnType<typeof setTimeout> | undefined

self.addEventListener('message', ({ data }: MessageEvent<FrameRequest | OffscreenCanvas>) => {
  if (data instanceof OffscreenCanvas) {
    stage = sheetOn(data)
    return
  }
  painter.tell(data, performance.now())
  if (data.isResting) {
    isFirst ||= !isResting
    isResting = true
    drawSoon()
    return
  }
  isResting = false
  isFirst = false
  answer(painter.paint(performance.now()))
})

function drawSoon(): void {
  clearTimeout(timer)
  if (!isDue) requestAnimationFrame(drawOnStage)
  isDue = true
}

function drawOnStage(): void {
  isDue = false
  if (!isResting || !stage) return
  const reply = painter.paintOn(stage, performance.now())
  if (!reply) return
  if (reply.next !== undefined && reply.next <= 16) drawSoon()
  else if (reply.next !== undefined) timer = setTimeout(drawSoon, reply.next - 16)
  if (isFirst || reply.minimap) answer(reply)
  isFirst = false
}

function answer(reply: FrameReply | undefined): void {
  const pictures = [reply?.picture, reply?.minimap?.picture].filter((picture) => picture !== undefined)
  self.postMessage(reply, { transfer: pictures })
}
