import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fetchPage } from './fetch-page.ts'

let server: Server
let other: Server
let strict: Server
let home: string
let elsewhere: string
/** Keeps its rules on another host, and gives them when it is let. */
let strictHome: string
const rulesAsked = Promise.withResolvers<void>()
const rulesLet = Promise.withResolvers<void>()
const asked: string[] = []

const pages: Readonly<Record<string, readonly [number, Record<string, string>, string | Buffer]>> = {
  '/robots.txt': [200, { 'content-type': 'text/plain' }, 'User-agent: *\nDisallow: /private/\n'],
  '/page': [
    200,
    { 'content-type': 'text/html; charset=iso-8859-1' },
    Buffer.from(
      '<title>T</title><script>alert(1)</script><nav>Menu</nav><h1>Caf\xe9</h1><p>One <b>two</b>.</p>',
      'latin1',
    ),
  ],
  '/data': [200, { 'content-type': 'application/json' }, '{"a":1}'],
  '/image': [200, { 'content-type': 'image/png' }, Buffer.from([1, 2, 3])],
  '/large': [200, { 'content-type': 'text/plain' }, 'x'.repeat(2_500_000)],
  '/private/page': [200, { 'content-type': 'text/plain' }, 'secret'],
  '/round': [302, { location: '/round' }, ''],
  '/moved': [301, { location: '/data' }, ''],
  '/file': [302, { location: 'file:///etc/passwd' }, ''],
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (path === '/inside') return void response.writeHead(302, { location: elsewhere }).end()
    const [status, headers, body] = pages[path] ?? [404, { 'content-type': 'text/plain' }, 'none']
    response.writeHead(status, headers).end(body)
  })
  other = createServer((_, response) => response.end('the inside'))
  strict = createServer(async (request, response) => {
    if (request.url !== '/robots.txt') return void response.end('open to all')
    rulesAsked.resolve()
    await rulesLet.promise
    response.writeHead(301, { location: `${home}/robots.txt` }).end()
  })
  home = await listening(server)
  elsewhere = await listening(other)
  strictHome = await listening(strict)
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', [home, strictHome].map((url) => new URL(url).host).join(','))
})
afterAll(() => {
  vi.unstubAllEnvs()
  for (const one of [server, other, strict]) {
    one.closeAllConnections()
    one.close()
  }
})

const read = (path: string, maxChars = 1_000) =>
  fetchPage(new URL(path, home).href, maxChars, AbortSignal.timeout(10_000))

test('a page is given as a person reads it, other text as it is', async () => {
  const page = await read('/page')
  expect(page.text).toContain('CAFÉ')
  expect(page.text).toContain('One two.')
  expect(page.text).not.toMatch(/alert|Menu|<|T$/)
  expect(await read('/moved')).toMatchObject({ url: `${home}/data`, status: 200, text: '{"a":1}' })
  expect(await read('/none')).toMatchObject({ status: 404, text: 'none' })
})

test('a long page is shortened and says so', async () => {
  const { text, isShortened } = await read('/page', 4)
  expect([text.length, isShortened]).toEqual([4, true])
})

test('robots.txt is obeyed, and what it forbids is never asked for', async () => {
  await expect(read('/private/page')).rejects.toMatchObject({ code: 'forbidden' })
  expect(asked).not.toContain('/private/page')
})

test('rules are followed to where they moved; whoever waits for them first and stops leaves them to the others', async () => {
  const stopping = new AbortController()
  const first = fetchPage(`${strictHome}/page`, 100, stopping.signal)
  await rulesAsked.promise
  const second = fetchPage(`${strictHome}/page`, 100, AbortSignal.timeout(10_000))
  stopping.abort()
  await expect(first).rejects.toThrow(/abort/i)
  rulesLet.resolve()
  expect(await second).toMatchObject({ text: 'open to all' })
  const forbidden = fetchPage(`${strictHome}/private/page`, 100, AbortSignal.timeout(10_000))
  await expect(forbidden).rejects.toMatchObject({ code: 'forbidden' })
})

test('no address of this network is reached, directly or by a redirect', async () => {
  await expect(fetchPage(elsewhere, 100, AbortSignal.timeout(5_000))).rejects.toThrow(/private address/)
  await expect(read('/inside')).rejects.toThrow(/private address/)
  await expect(fetchPage('http://169.254.169.254/latest', 100, AbortSignal.timeout(5_000))).rejects.toThrow(/private/)
})

test.each([
  ['/image', 'bad-input'],
  ['/large', 'unavailable'],
  ['/round', 'unavailable'],
  ['/file', 'bad-input'],
])('%s is refused: %s', async (path, code) => {
  await expect(read(path)).rejects.toMatchObject({ code })
})

test.each(['ftp://example.com/', 'javascript:alert(1)', 'https://me:word@example.com/', 'nothing'])(
  '%s is no address to read',
  async (url) => {
    await expect(fetchPage(url, 100, AbortSignal.timeout(1_000))).rejects.toMatchObject({ code: 'bad-input' })
  },
)

async function listening(one: Server): Promise<string> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  const address = one.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}
