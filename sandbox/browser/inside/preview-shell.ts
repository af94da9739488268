import type { Answered, Asked } from './node/http.ts'
import type { PageMessage, PageReply } from './preview-page.ts'

/**
 * The empty page a preview is drawn in: asks the program for a document by messages, puts into it what belongs to it, and
 * shows it in a frame of yet another origin. Nothing of it comes over a network, and it says what did not come. Shipped as text.
 */
export function previewShell(inside: string): void {
  // Only ever a name: whatever is asked of it goes by messages, and the policy keeps all else in.
  const base = 'http://preview.invalid'
  const largestInline = 2_000_000
  type Said = { id: number; answered: Answered }
  let program: MessagePort | undefined
  let host = ''
  let asks = 0
  let view = 0
  let frame: HTMLIFrameElement | undefined
  // What is drawn is written by us; what the page in the frame writes is looked at there.
  const same = (text: string) => text
  const policy = { createHTML: same, createScript: same, createScriptURL: same }
  Reflect.get(window, 'trustedTypes')?.createPolicy('default', policy)
  const waiting = new Map<number, (answered: Answered) => void>()
  const lost = new Set<string>()

  addEventListener('message', ({ source, data, ports: [port] }: MessageEvent) => {
    if (port === undefined) return
    if (source === parent && data?.type === 'connect') {
      program = port
      host = `http://localhost:${Number(data.port)}`
      port.onmessage = (event: MessageEvent<Said>) => {
        waiting.get(event.data.id)?.(event.data.answered)
        waiting.delete(event.data.id)
      }
      void visit({ method: 'GET', url: `${base}/`, headers: [], body: new Uint8Array() })
    } else if (frame !== undefined && source === frame.contentWindow) {
      port.onmessage = (event: MessageEvent<PageMessage>) => void hear(port, event.data)
    }
  })

  async function hear(page: MessagePort, message: PageMessage): Promise<void> {
    if (message.type === 'visit') return visit(message.asked)
    if (message.type === 'lost') return tellLost(String(message.what))
    const answered = await ask(message.asked)
    page.postMessage({ id: message.id, answered } satisfies PageReply)
  }

  function ask(asked: Asked): Promise<Answered> {
    asks += 1
    const id = asks
    const { promise, resolve } = Promise.withResolvers<Answered>()
    waiting.set(id, resolve)
    program?.postMessage({ id, asked: { ...asked, url: asked.url.replace(base, host) } })
    return promise
  }

  const get = (url: string) => ask({ method: 'GET', url, headers: [], body: new Uint8Array() })
  const headerOf = ({ headers }: Answered, name: string) =>
    headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? ''
  const textOf = ({ body }: Answered) => new TextDecoder().decode(body)

  /** An address below this preview, or undefined; the program may name itself by its own host too. */
  function ours(address: string, below: string): string | undefined {
    const url = URL.parse(address, below)
    if (url === null) return undefined
    if (url.origin === base) return url.href
    return url.origin === host ? url.href.replace(host, base) : undefined
  }

  async function visit(asked: Asked, hops = 0): Promise<void> {
    view += 1
    const mine = view
    lost.clear()
    const answered = await ask(asked)
    if (mine !== view) return
    const { status } = answered
    const target = headerOf(answered, 'location')
    if (status >= 300 && status < 400 && target !== '') {
      const next = ours(target, asked.url)
      if (next === undefined)
        return say('Elsewhere', `The program sends visitors to ${target}. A preview has no network.`)
      if (hops >= 10) return say('Too many redirects', `The program sent its visitor on ten times, last to ${next}.`)
      const keeps = status === 307 || status === 308
      return visit(
        keeps ? { ...asked, url: next } : { method: 'GET', url: next, headers: [], body: new Uint8Array() },
        hops + 1,
      )
    }
    const type = headerOf(answered, 'content-type')
    if (/\bhtml\b/.test(type)) {
      const html = await complete(textOf(answered), asked.url)
      if (mine === view) show(html)
    } else if (/^image\//.test(type)) show(page(`<img alt="" src="${dataUrl(answered, type)}">`))
    else if (answered.body.length === 0) say(`${status}`, `The program answered ${status} without a word.`)
    else if (type === '' || /^text\/|json|xml|javascript/.test(type))
      show(page(`<pre>${escaped(textOf(answered))}</pre>`))
    else say(type, `The program answered ${answered.body.length} bytes of ${type}, which a preview does not show.`)
  }

  /** What belongs to a document comes with it: a frame without network can fetch none of it itself. */
  async function complete(html: string, url: string): Promise<string> {
    const doc = new DOMParser().parseFromString(html, 'text/html')
    const below = ours(doc.querySelector('base')?.getAttribute('href') ?? '', url) ?? url
    for (const each of doc.querySelectorAll('base')) each.remove()
    const late: Element[] = []
    const parts = [...doc.querySelectorAll('script[src], link[href], img[src], source[src], video[src], audio[src]')]
    await Promise.all(parts.map((part) => fill(doc, part, below, late)))
    doc.body.append(...late)
    const head = doc.createElement('base')
    head.href = below
    const start = doc.createElement('script')
    start.textContent = inside
    doc.head.prepend(head, start)
    // No frame within the frame: as an attribute it is none any more, and in a script it is still the same word.
    return `<!doctype html>${doc.documentElement.outerHTML.replace(/(?<=src)d(?=oc)/gi, '\\u0064')}`
  }

  async function fill(doc: Document, part: Element, below: string, late: Element[]): Promise<void> {
    const name = part.hasAttribute('href') ? 'href' : 'src'
    const given = part.getAttribute(name) ?? ''
    const isLink = part.tagName === 'LINK'
    if (isLink && !/\bstylesheet\b/i.test(part.getAttribute('rel') ?? '')) return part.remove()
    if (/^(data|blob):/i.test(given)) return
    const url = ours(given, below)
    if (url === undefined) return tellLost(given)
    const answered = await get(url)
    if (answered.status >= 400 || answered.body.length > largestInline) return tellLost(`${given} (${answered.status})`)
    if (isLink) {
      const style = doc.createElement('style')
      style.textContent = textOf(answered).replaceAll('</', '<\\/')
      style.media = part.getAttribute('media') ?? ''
      return part.replaceWith(style)
    }
    if (part.tagName === 'SCRIPT') {
      const script = doc.createElement('script')
      script.textContent = textOf(answered).replaceAll('</script', '<\\/script')
      const type = part.getAttribute('type')
      if (type !== null) script.type = type
      if (part.hasAttribute('defer') && type !== 'module') late.push(script)
      if (late.includes(script)) return part.remove()
      return part.replaceWith(script)
    }
    part.setAttribute(name, dataUrl(answered, headerOf(answered, 'content-type')))
    part.removeAttribute('srcset')
  }

  function dataUrl({ body }: Answered, type: string): string {
    let text = ''
    for (let at = 0; at < body.length; at += 8192) text += String.fromCharCode(...body.subarray(at, at + 8192))
    return `data:${type.replace(/[^\w/+.;=-]/g, '')};base64,${btoa(text)}`
  }

  function show(html: string): void {
    const made = document.createElement('iframe')
    made.setAttribute('sandbox', 'allow-scripts allow-forms')
    made.title = 'What the program answered'
    made.srcdoc = html
    let loads = 0
    made.addEventListener('load', () => {
      loads += 1
      if (loads > 1 && made === frame)
        say('It left', 'The page went to an address of its own accord. A preview follows links and forms only.')
    })
    frame?.remove()
    frame = made
    document.body.prepend(made)
    drawLost()
  }

  function say(title: string, words: string): void {
    show(page(`<h1>${escaped(title)}</h1><p>${escaped(words)}</p>`))
  }

  function page(body: string): string {
    const style =
      'body{font:14px/1.5 system-ui,sans-serif;margin:16px;color:#1d2129;background:#fff}h1{font-size:16px}pre{white-space:pre-wrap}'
    return `<!doctype html><html lang="en"><title>Preview</title><style>${style}</style><body>${body}</body></html>`
  }

  function escaped(text: string): string {
    return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
  }

  function tellLost(what: string): void {
    lost.add(what.replace(base, ''))
    drawLost()
  }

  function drawLost(): void {
    const place = document.getElementById('lost')
    if (place === null) return
    const [first] = lost
    const more = lost.size > 1 ? ` and ${lost.size - 1} more` : ''
    place.hidden = first === undefined
    place.textContent = `Not reached: ${first}${more}. A preview has no network but the program itself.`
  }
}
