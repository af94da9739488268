import { createHub } from './hub.ts'
import type { JoinRequest } from './protocol.ts'

// Runs as a SharedWorker: HTTP/1.1 allows six connections a host, so eight tabs must share one stream.
const hub = createHub()

self.addEventListener('connect', (event) => {
  if (!(event instanceof MessageEvent)) return
  const [port] = event.ports
  if (!port) return
  let leave = () => {}
  port.addEventListener('message', (message: MessageEvent<JoinRequest>) => {
    leave()
    leave = () => {}
    if (message.data.kind === 'leave') return port.close()
    const { orgId, after, lock } = message.data
    // A page reads text in half the time that a copy of the objects takes it.
    leave = hub.join(orgId, after, (told) => port.postMessage(JSON.stringify(told)))
    // A tab that crashed says no goodbye; its lock becomes free instead.
    void navigator.locks?.request(lock, () => leave())
  })
  port.start()
})
