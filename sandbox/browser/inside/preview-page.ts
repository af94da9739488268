import type { Answered, Asked } from './node/http.ts'

/** From a page in a preview to the frame around it, on a port of its own. */
export type PageMessage =
  | { readonly type: 'ask'; readonly id: number; readonly asked: Asked }
  | { readonly type: 'visit'; readonly asked: Asked }
  | { readonly type: 'lost'; readonly what: string }
export type PageReply = { readonly id: number; readonly answered: Answered }

/**
 * The first script of every page in a preview: its links, forms and fetches go to the program by messages; what cannot says
 * so by its name. The walls are the frame's own: this only makes what is allowed work. Shipped as text.
 */
export function previewPage(): void {
  const { port1: shell, port2: theirs } = new MessageChannel()
  const base = new URL(document.baseURI).origin
  const waiting = new Map<number, (answered: Answered) => void>()
  let asks = 0
  const tell = (message: PageMessage) => shell.postMessage(message)
  shell.onmessage = ({ data }: MessageEvent<PageReply>) => {
    waiting.get(data.id)?.(data.answered)
    waiting.delete(data.id)
  }
  parent.postMessage({ type: 'page' }, '*', [theirs])
  document.currentScript?.remove()

  // A frame within would be a window with everything given back, and no policy takes WebRTC from it. The one frame the
  // policy of addresses leaves is one written in place, so whatever becomes markup loses that; the rest is an observer's.
  const trusted = Reflect.get(window, 'trustedTypes')
  const unframed = (html: string) => (/<!entity/i.test(html) ? '' : html.replace(/(?<=src)d(?=oc)/gi, '\\u0064'))
  const same = (text: string) => text
  trusted?.createPolicy('default', {
    createHTML: (html: string, _type: string, sink: string) => (/srcdoc/i.test(sink) ? null : unframed(html)),
    createScript: same,
    createScriptURL: same,
  })
  Reflect.deleteProperty(window, 'XSLTProcessor')
  const unframe = () => {
    for (const each of document.getElementsByTagName('iframe')) each.remove()
  }
  new MutationObserver(unframe).observe(document, { childList: true, subtree: true })

  const nothing = new Uint8Array()
  const refused = (url: URL) =>
    new TypeError(`${url.host} is not reached from this preview: it has no network but the program itself`)

  window.fetch = async (input, options) => {
    const request = new Request(input, options)
    const url = new URL(request.url)
    if (url.origin !== base) {
      tell({ type: 'lost', what: request.url })
      throw refused(url)
    }
    const body = new Uint8Array(await request.arrayBuffer())
    const { promise, resolve } = Promise.withResolvers<Answered>()
    asks += 1
    waiting.set(asks, resolve)
    const asked = { method: request.method, url: request.url, headers: [...request.headers], body }
    tell({ type: 'ask', id: asks, asked })
    const { status, statusText, headers, body: answer } = await promise
    const isEmpty = status === 204 || status === 205 || status === 304
    return new Response(isEmpty ? null : new Uint8Array(answer), { status, statusText, headers })
  }

  const missing: Readonly<Record<string, string>> = {
    XMLHttpRequest: 'use fetch',
    WebSocket: 'only requests pass',
    EventSource: 'only whole answers pass',
    RTCPeerConnection: 'it has no network',
    WebTransport: 'it has no network',
    SharedWorker: 'it runs alone',
  }
  for (const [name, why] of Object.entries(missing)) {
    function refuse(): never {
      throw new Error(`${name} is not available in this preview: ${why}`)
    }
    Object.defineProperty(window, name, { value: refuse, configurable: true, writable: true })
  }
  Object.defineProperty(window, 'webkitRTCPeerConnection', { value: undefined })

  addEventListener('securitypolicyviolation', ({ blockedURI }) => {
    if (/^https?:|^wss?:/.test(blockedURI)) tell({ type: 'lost', what: blockedURI })
  })

  addEventListener('click', (event) => {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement && each.hasAttribute('href'))
    if (event.defaultPrevented || !(link instanceof HTMLAnchorElement)) return
    const url = URL.parse(link.href)
    if (url === null || !/^https?:$/.test(url.protocol)) return
    event.preventDefault()
    if (url.origin !== base) return tell({ type: 'lost', what: url.href })
    if (link.getAttribute('href')?.startsWith('#')) return document.getElementById(url.hash.slice(1))?.scrollIntoView()
    tell({ type: 'visit', asked: { method: 'GET', url: url.href, headers: [], body: nothing } })
  })

  addEventListener('submit', (event) => {
    if (!event.defaultPrevented && event.target instanceof HTMLFormElement) {
      event.preventDefault()
      void submit(event.target, event.submitter)
    }
  })
  HTMLFormElement.prototype.submit = function submitAtOnce() {
    void submit(this, null)
  }

  async function submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    const of = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
    const url = new URL(of('action') || document.baseURI, document.baseURI)
    if (url.origin !== base) return tell({ type: 'lost', what: url.href })
    const data = new FormData(form, submitter)
    const fields = [...data].map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : value.name,
    ])
    if (of('method').toLowerCase() !== 'post') {
      url.search = new URLSearchParams(fields).toString()
      return tell({ type: 'visit', asked: { method: 'GET', url: url.href, headers: [], body: nothing } })
    }
    const isMultipart = of('enctype').toLowerCase() === 'multipart/form-data'
    const sent = new Response(isMultipart ? data : new URLSearchParams(fields))
    const headers: [string, string][] = [['content-type', sent.headers.get('content-type') ?? '']]
    const body = new Uint8Array(await sent.arrayBuffer())
    tell({ type: 'visit', asked: { method: 'POST', url: url.href, headers, body } })
  }
}
