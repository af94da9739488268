import { createSocket } from 'node:dgram'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Limits, Server } from '../sandbox.ts'
import { openTestPage, type TestPage } from '../testing/open-test-page.ts'

let opened: TestPage

beforeAll(async () => {
  opened = await openTestPage()
})

afterAll(() => opened?.close())

afterEach(() => {
  expect(opened.server.leaks).toEqual([])
})

const start = (code: string, limits: Partial<Limits> = {}): Promise<Server['port']> =>
  opened.page.evaluate(
    ([text, limited]) => window.sandboxTests.startPreview({ language: 'javascript', code: text }, limited),
    [code, limits] as const,
  )
const stop = () => opened.page.evaluate(() => window.sandboxTests.stopPreview())
const shell = () => opened.page.frameLocator('#preview')
const inner = () => shell().frameLocator('iframe')

const site = `
const notes = ['milk']
const html = (body) => new Response('<!doctype html><link rel=stylesheet href=style.css><script src="/app.js" defer></script><body>' + body, { headers: { 'content-type': 'text/html' } })
export default {
  async fetch(request) {
    const url = new URL(request.url)
    console.log(request.method, url.pathname + url.search)
    if (url.pathname === '/style.css') return new Response('h1 { color: rgb(1, 2, 3) }', { headers: { 'content-type': 'text/css' } })
    if (url.pathname === '/app.js') return new Response('fetch("api/notes?n=1").then(async (answer) => { document.querySelector("#from-api").textContent = answer.status + " " + (await answer.json()).join() })', { headers: { 'content-type': 'text/javascript' } })
    if (url.pathname === '/api/notes') return Response.json(notes, { status: 203 })
    if (url.pathname === '/add') { const form = await request.formData(); notes.push(form.get('note')); return new Response(null, { status: 303, headers: { location: '/' } }) }
    if (url.pathname === '/find') return html('<h1>Found ' + url.searchParams.get('q') + '</h1>')
    if (url.pathname === '/about') return html('<h1>About</h1><a href="./">home</a>')
    return html('<h1>Notes: ' + notes.join(', ') + '</h1><p id=from-api></p><a href=about>about</a><a id=out href="https://example.com/x">out</a>'
      + '<form method=post action=/add><input name=note aria-label=Note><button>Add</button></form><form action=find><input name=q aria-label=Query><button>Find</button></form>')
  },
}`

test('a handler’s page is drawn with its style and script, and its links, forms and fetches go to the handler', async () => {
  expect(await start(site)).toBe(3000)
  const page = inner()
  await page.getByRole('heading', { name: 'Notes: milk' }).waitFor()
  expect(await page.locator('h1').evaluate((each) => getComputedStyle(each).color)).toBe('rgb(1, 2, 3)')
  await page.getByText('203 milk').waitFor()
  await page.getByRole('link', { name: 'about' }).click()
  await page.getByRole('link', { name: 'home' }).click()
  await page.getByLabel('Note').fill('bread & ü')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('heading', { name: 'Notes: milk, bread & ü' }).waitFor()
  await page.getByLabel('Query').fill('tea')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('heading', { name: 'Found tea' }).waitFor()
  const { kind, text, open } = await stop()
  expect([kind, open]).toEqual(['stopped', 0])
  for (const line of ['GET /style.css', 'GET /api/notes?n=1', 'POST /add', 'GET /find?q=tea'])
    expect(text).toContain(line)
})

test('what would need a network is named, and not reached', async () => {
  const code = `export default { fetch: () => new Response(\`<h1>Here</h1><img src="https://example.com/i.png"><script>
    const tell = (name, act) => Promise.resolve().then(act).then(() => 'REACHED', (error) => error.message).then((said) => { document.body.append(Object.assign(document.createElement('p'), { textContent: name + ': ' + said })) })
    tell('fetch', () => fetch('${opened.server.url}leak-fetch'))
    tell('xhr', () => new XMLHttpRequest())
    tell('rtc', () => new RTCPeerConnection())
    tell('parent', () => parent.parent.document.title)
    tell('storage', () => localStorage.length)
    tell('cookie', () => document.cookie)
  </script>\`, { headers: { 'content-type': 'text/html' } }) }`
  await start(code)
  const page = inner()
  await page.getByText(/^cookie: .+/).waitFor()
  const lines = await page.locator('p').allTextContents()
  expect(lines.join('\n')).not.toContain('REACHED')
  expect(lines.find((line) => line.startsWith('fetch'))).toContain('is not reached from this preview')
  expect(lines.find((line) => line.startsWith('rtc'))).toContain('RTCPeerConnection is not available in this preview')
  expect(await shell().getByRole('status').textContent()).toMatch(
    /^Not reached: .* and 1 more\. A preview has no network/,
  )
  await stop()
})

test('hostile pages neither leave, nor open windows, nor ask outside, by any built-in they bring back', async () => {
  const away = `${opened.server.url}leak-`
  const attempts = [
    `location.href = '${away}location'`,
    `top.location = '${away}top'`,
    `parent.location = '${away}parent'`,
    `open('${away}open')`,
    `document.body.append(Object.assign(document.createElement('iframe'), { src: '${away}frame' }))`,
    `document.body.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: '${away}prefetch' }))`,
    `document.body.append(Object.assign(document.createElement('script'), { src: '${away}script' }))`,
    `new Image().src = '${away}image'`,
    `navigator.sendBeacon('${away}beacon')`,
    `const f = document.createElement('form'); f.action = '${away}form'; f.method = 'post'; document.body.append(f); HTMLFormElement.prototype.requestSubmit.call(f); f.submit()`,
    `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=${away}refresh'; document.head.append(m)`,
    `const s = document.createElement('iframe'); s.srcdoc = '<script>location.href="${away}inner"; fetch("${away}inner-fetch")<\\/script>'; document.body.append(s)`,
  ]
  for (const attempt of attempts) {
    const html = `<h1>Try</h1><script>addEventListener('load', () => { try { ${attempt} } catch {} setTimeout(() => { document.title = 'tried' }, 0) })</script>`
    await start(
      `export default { fetch: () => new Response(${JSON.stringify(html).replaceAll('</', '<\\/')}, { headers: { 'content-type': 'text/html' } }) }`,
    )
    await shell().locator('iframe').waitFor()
    // What does not happen tells no event.
    await opened.page.waitForTimeout(150)
    expect((await stop()).kind, attempt).toBe('stopped')
    expect(opened.page.url(), attempt).toBe(opened.server.url)
  }
  expect(opened.browser.contexts().flatMap((context) => context.pages())).toHaveLength(1)
})

test('no WebRTC leaves a preview, not even from a frame within it', async () => {
  const listener = createSocket('udp4')
  let packets = 0
  listener.on('message', () => {
    packets += 1
  })
  await new Promise<void>((bound) => listener.bind(0, '127.0.0.1', bound))
  onTestFinished(() => void listener.close())
  const call = `const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${listener.address().port}' }] })
    c.createDataChannel('x'); c.createOffer().then((offer) => c.setLocalDescription(offer))
    c.onicegatheringstatechange = () => parent.postMessage('gathered', '*')`
  const inside = JSON.stringify(
    `<script>try { ${call} } catch (error) { parent.postMessage(String(error), '*') }</script>`,
  )
  const ways = [
    `s.srcdoc = inside; document.body.append(s)`,
    `s.setAttribute('srcdoc', inside); document.body.append(s)`,
    `const a = document.createAttribute('srcdoc'); a.value = inside; s.setAttributeNode(a); document.body.append(s)`,
    `s.setAttribute('SrcDoc', ''); s.attributes[0].value = inside; document.body.append(s)`,
    `const d = document.implementation.createHTMLDocument(); const f = d.createElement('iframe'); f.srcdoc = inside; document.body.append(f)`,
    `s.setAttributeNS(null, 'srcdoc', inside); const h = document.createElement('div'); document.body.append(h); h.attachShadow({ mode: 'closed' }).append(s)`,
    `const h = document.createElement('div'); document.body.append(h); h.innerHTML = '<iframe srcdoc="' + inside.replaceAll('"', '&quot;') + '"></iframe>'`,
    `document.write('<iframe srcdoc="' + inside.replaceAll('"', '&quot;') + '"></iframe>')`,
    `const x = new DOMParser().parseFromString('<!DOCTYPE r [<!ENTITY a "<iframe xmlns=\\'http://www.w3.org/1999/xhtml\\' src&#100;oc=\\'X\\'/>">]><r>&a;</r>', 'application/xml'); document.body.append(document.importNode(x.documentElement, true))`,
    `new XSLTProcessor()`,
    `trustedTypes.createPolicy('mine', { createHTML: (html) => html })`,
    `trustedTypes.createPolicy('default', { createHTML: (html) => html })`,
  ]
  const tries = ways.map((way) => `try { const s = document.createElement('iframe'); ${way} } catch {}`).join('\n')
  const html = `<h1>Try</h1><iframe srcdoc=${inside.replaceAll("'", '&#39;').replaceAll('\\"', '&quot;')}></iframe>
    <div><template shadowrootmode=closed><iframe srcdoc='${inside.replaceAll("'", '&#39;')}'></iframe></template></div><script>
    const inside = ${inside.replaceAll('</', '<\\/')}
    addEventListener('message', ({ data }) => document.body.append(Object.assign(document.createElement('p'), { textContent: 'said ' + data })))
    ${tries}
    document.body.insertAdjacentHTML('beforeend', '<h2>all tried</h2>')
    </script>`
  await start(
    `export default { fetch: () => new Response(${JSON.stringify(html)}, { headers: { 'content-type': 'text/html' } }) }`,
  )
  await inner().getByText('all tried').waitFor()
  // A packet that does not come tells no event.
  await opened.page.waitForTimeout(1_000)
  expect([packets, await inner().locator('p').allTextContents()]).toEqual([0, []])
  await stop()
})

test('node:http serves too, with bodies, headers and a close that ends the program', async () => {
  const code = `import { createServer } from 'node:http'
    const server = createServer(async (request, response) => {
      if (request.url === '/end') { response.end('<h1>bye</h1>'); return server.close() }
      let body = ''
      for await (const chunk of request) body += chunk
      response.writeHead(200, { 'Content-Type': 'text/html' })
      response.end('<h1>' + request.method + ' ' + body + '</h1><form method=post action=/echo><input name=a value=1><button>Send</button></form><a href=/end>end</a>')
    })
    server.listen(8080, () => console.log('listening on ' + server.address().port))`
  expect(await start(code)).toBe(8080)
  const page = inner()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'POST a=1' }).waitFor()
  await page.getByRole('link', { name: 'end' }).click()
  const ended = await opened.page.evaluate(() => window.sandboxTests.previewEnded())
  expect([ended.kind, ended.text]).toEqual(['completed', 'listening on 8080\n'])
})

test('an answer that never comes ends the run by its clock, and one that throws fails it at its line', async () => {
  await start(`export default { fetch: () => { for (;;) {} } }`, { timeMs: 500 })
  expect(await opened.page.evaluate(() => window.sandboxTests.previewEnded())).toMatchObject({ kind: 'timed-out' })
  await start(`export default {\n  fetch() {\n    throw new RangeError('no page')\n  },\n}`)
  expect(await opened.page.evaluate(() => window.sandboxTests.previewEnded())).toMatchObject({
    kind: 'failed',
    error: { name: 'RangeError', at: { line: 3, column: 11 } },
  })
})

test('a function of a request serves; one that is none is a value', async () => {
  await start(`export default (request) => new Response('plain ' + new URL(request.url).pathname)`)
  await inner().getByText('plain /').waitFor()
  await stop()
  const add = { language: 'javascript', code: `export default function add(a, b) { return a + b }` } as const
  const { result } = await opened.page.evaluate((each) => window.sandboxTests.runOnce(each), add)
  expect(result).toMatchObject({ kind: 'completed', value: '[Function: add]' })
})
