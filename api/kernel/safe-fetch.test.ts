import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FetchFailure, type Reach, safeFetch } from './safe-fetch.ts'

const outside: Reach = { mayReachPrivate: false, idleMs: 2_000, maxBytes: 10_000 }
const own: Reach = { ...outside, mayReachPrivate: true }

let server: Server
let port = 0
let connections = 0
beforeAll(async () => {
  server = createServer((req, res) => {
    if (req.url === '/away') res.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data/' }).end()
    else if (req.url === '/long') res.end('x'.repeat(20_000))
    else if (req.url !== '/silent') res.end('inside')
  })
  server.on('connection', () => connections++)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
beforeEach(() => {
  connections = 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const get = (url: string, reach = outside) => safeFetch(new URL(url), {}, reach)

describe('what is not of the open internet is not reached', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[::127.0.0.1]',
    '[5f00::1]',
    '[fec0::1]',
    '192.88.99.1',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00::1]',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('%s', async (host) => {
    await expect(get(`http://${host}:${port}/`)).rejects.toMatchObject({ trouble: 'not-sent' })
    expect(connections).toBe(0)
  })

  test('a name is judged by what it means where the connection is made, so it cannot change its meaning in between', async () => {
    const asked = get(`http://localhost:${port}/`)
    await expect(asked).rejects.toMatchObject({ trouble: 'not-sent', message: expect.stringContaining('private') })
    expect(connections).toBe(0)
  })

  test('other schemes are not spoken', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x']) {
      await expect(get(url, own)).rejects.toBeInstanceOf(FetchFailure)
    }
  })
})

test('a redirect is given back and not followed, wherever it leads', async () => {
  const answer = await get(`http://127.0.0.1:${port}/away`, own)
  expect(answer.status).toBe(302)
  expect(connections).toBe(1)
})

test('an answer that is too long is cut off, and one that never comes has an end', async () => {
  const long = await get(`http://127.0.0.1:${port}/long`, own)
  await expect(long.text()).rejects.toMatchObject({ trouble: 'too-large' })
  await expect(get(`http://127.0.0.1:${port}/silent`, { ...own, idleMs: 200 })).rejects.toMatchObject({
    trouble: 'silent',
  })
})

test('what the operator allows is reached', async () => {
  expect(await (await get(`http://localhost:${port}/`, own)).text()).toBe('inside')
})
