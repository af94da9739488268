/**
 * Replaces what the sandbox withholds by functions that say so. The walls are the frame's opaque origin and its
 * content security policy; this only gives the refusal a name. Shipped as text.
 */
export function explainMissing(scope: typeof globalThis): void {
  const network = 'it has no network'
  const storage = 'it stores nothing'
  const alone = 'it runs in a single worker'
  const reasons: Readonly<Record<string, string>> = {
    fetch: network,
    XMLHttpRequest: network,
    WebSocket: network,
    WebSocketStream: network,
    EventSource: network,
    WebTransport: network,
    importScripts: network,
    RTCPeerConnection: network,
    FontFace: network,
    BroadcastChannel: alone,
    Worker: alone,
    SharedWorker: alone,
    postMessage: alone,
    close: alone,
    requestAnimationFrame: 'it has no screen',
    alert: 'it has no screen',
    prompt: 'it has no screen',
    confirm: 'it has no screen',
    open: 'it has no screen',
    require: 'use import, or name the module in it as plain text',
  }
  const absent: Readonly<Record<string, string>> = { indexedDB: storage, caches: storage, cookieStore: storage }

  for (const [name, why] of Object.entries(reasons)) {
    // A function, not an arrow: `new WebSocket(…)` must reach the sentence too.
    function refuse(): never {
      throw new Error(`${name} is not available in this sandbox: ${why}`)
    }
    Object.defineProperty(refuse, 'name', { value: name })
    replace(name, refuse)
  }
  for (const name of Object.keys(absent)) replace(name, undefined)

  for (const method of ['serviceWorker', 'storage', 'locks', 'gpu', 'usb', 'hid', 'serial', 'mediaCapabilities']) {
    Reflect.deleteProperty(Object.getPrototypeOf(scope.navigator), method)
  }

  /** The original may live on the scope or on any of its prototypes; none of them may keep it. */
  function replace(name: string, value: unknown): void {
    for (let at: object | null = scope; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      if (Object.hasOwn(at, name)) Reflect.deleteProperty(at, name)
    }
    if (value === undefined) return
    Object.defineProperty(scope, name, { value, writable: true, configurable: true, enumerable: false })
  }
}
