import { createPainter } from './overlay/painter.ts'
import type { FrameRequest } from './overlay/protocol.ts'

// Draws what moves under the cards, so that the page's own thread is left to the person.
const paint = createPainter()

self.addEventListener('message', (message: MessageEvent<FrameRequest>) => {
  const reply = paint(message.data, performance.now())
  if (!reply) return self.postMessage(undefined)
  const pictures = reply.minimap ? [reply.picture, reply.minimap.picture] : [reply.picture]
  self.postMessage(reply, { transfer: pictures })
})
