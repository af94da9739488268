import { request as rawRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import type { APIRequestContext } from '@playwright/test'
import { test as base, expect, type Org } from '../support/test.ts'

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
type Sent = { method?: string; headers?: Record<string, string>; body?: string }

/** Bytes as an attacker sends them: no path is tidied, no header is added. */
function send(url: string, path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = rawRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      text(response).then(
        (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
        reject,
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

type Call = (path: string, input: unknown) => Promise<{ status: number; body: string }>

const test = base.extend<{ cookie: string; call: Call; lead: string }>({
  cookie: ({ session }, use) => use(session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')),
  call: ({ server, cookie }, use) =>
    use(async (path, input) => {
      const headers = { cookie, origin: server.url, 'content-type': 'application/json' }
      return await send(server.url, `/api/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(input) })
    }),
  lead: async ({ request, team }, use) => use(await firstWorkspace(request, team)),
})

async function firstWorkspace(request: APIRequestContext, { id }: Org): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ orgId: id }))
  const { result } = await (await request.get(`/api/trpc/workspaces.list?input=${input}`)).json()
  return result.data.workspaces[0].id
}

/** A template's place, as text. */
const dollar = (inner: string) => ['$', '{', inner, '}'].join('')

const evilPaths = [
  ...['../../etc/passwd', '/etc/passwd', 'a/../../b', '..\\..\\boot.ini', 'C:\\boot.ini', 'a/./b', '~/.ssh/id_rsa'],
  ...['..%2f..%2fetc%2fpasswd', 'a\u0000b', 'con\u202etxt', 'a//b', '.', '..', ''],
]

test.describe('a path that leads out of the workspace', () => {
  test('names no file, neither to read nor to write nor to delete', async ({ call, team, lead }) => {
    for (const path of evilPaths) {
      const where = { orgId: team.id, workspaceId: lead, path }
      for (const verb of ['files.save', 'files.delete'] as const) {
        const answer = await call(verb, { ...where, text: 'root::0:0', baseVersion: 0 })
        expect([400, 404], `${verb} ${JSON.stringify(path)}`).toContain(answer.status)
      }
    }
  })

  test('leads to nothing on the server’s disk either', async ({ server }) => {
    for (const base of ['/assets', '/python', '', '/sandbox-frame', '/api/orgs']) {
      for (const way of [
        '/../../package.json',
        '/..%2f..%2fpackage.json',
        '/%2e%2e/%2e%2e/etc/passwd',
        '/..%5c..%5cx',
      ]) {
        const answer = await send(server.url, `${base}${way}`)
        expect(answer.body, `${base}${way}`).not.toMatch(/"dependencies"|root:.*:0:0:/)
      }
    }
    const proc = await send(server.url, '/assets/%2fproc%2fself%2fenviron')
    expect(proc.body).not.toContain('PATH=')
  })
})

test.describe('a body that claims to be something else', () => {
  const evil = JSON.stringify({ orgId: 'x', files: [{ filepath: '/proc/self/environ' }], filepath: '/etc/passwd' })
  const types = [
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'],
    ...['application/json;multipart/form-data', 'image/png', ''],
  ]
  for (const type of types) {
    test(`as ${type || 'nothing'} is not read as JSON, and no file it names is opened`, async ({ server, cookie }) => {
      const headers = { cookie, origin: server.url, ...(type && { 'content-type': type }) }
      for (const path of ['/api/trpc/files.save', '/api/sign-in', '/api/trpc/delegations.create']) {
        const answer = await send(server.url, path, { method: 'POST', headers, body: evil })
        expect(answer.status, path).toBeGreaterThanOrEqual(400)
        expect(answer.status, path).toBeLessThan(500)
        expect(answer.body, path).not.toMatch(/PATH=|root:.*:0:0:/)
      }
    })
  }
})

test('a page of another origin gets no permission to read, no cookie and no session', async ({ server, cookie }) => {
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost:1',
    server.url.replace('127.0.0.1', 'localhost'),
  ]) {
    const preflight = await send(server.url, '/api/trpc/files.save', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
    const read = await send(server.url, '/api/trpc/orgs.list', { headers: { origin, cookie } })
    const minted = await send(server.url, '/api/sign-in', {
      method: 'POST',
      headers: { origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ token: 'x' }),
    })
    for (const answer of [preflight, read, minted]) {
      expect(answer.headers['access-control-allow-origin'], origin).toBeUndefined()
      expect(answer.headers['access-control-allow-credentials'], origin).toBeUndefined()
      expect(answer.headers['set-cookie'], origin).toBeUndefined()
    }
    expect(read.status, origin).toBe(403)
    expect(minted.status, origin).toBe(403)
  }
})

test('the stream opens to no other origin, no other host name and nothing said in its address', async ({
  server,
  cookie,
  team,
}) => {
  const path = `/events/${team.id}`
  const refused: Record<string, string>[] = [
    { origin: 'https://evil.example', cookie },
    { origin: 'null', cookie },
    { origin: 'http://127.0.0.1:1', cookie },
    { host: 'rebound.evil.example', cookie },
    { 'sec-fetch-site': 'cross-site', cookie },
    { 'sec-fetch-site': 'same-site', cookie },
  ]
  for (const headers of refused) {
    const { status } = await send(server.url, path, { headers })
    expect([400, 403, 421], JSON.stringify(headers)).toContain(status)
  }
  const token = encodeURIComponent(cookie)
  for (const query of [
    `?cookie=${token}`,
    `?token=${token}`,
    `?session=${token}`,
    '?access_token=dgk_x',
    '?command=sh',
  ]) {
    expect((await send(server.url, `${path}${query}`)).status, query).toBe(401)
  }
})

test('work is given to the workspace as it is stored, whatever definition is sent along', async ({
  call,
  request,
  team,
  lead,
}) => {
  const canary = 'INJECTED-DEFINITION'
  const definition = {
    ...{
      prompt: canary,
      systemPrompt: canary,
      model: canary,
      runtime: 'shell',
      tools: [canary],
      config: { command: canary },
    },
    ...{ data: { nodes: [{ code: `require('child_process').exec('${canary}')` }] } },
  }
  const given = await call('delegations.create', {
    orgId: team.id,
    workspaceId: lead,
    task: 'Count to two',
    ...definition,
  })
  expect([200, 400]).toContain(given.status)
  const input = encodeURIComponent(JSON.stringify({ orgId: team.id }))
  const list = await (await request.get(`/api/trpc/delegations.list?input=${input}`)).text()
  expect(list).not.toContain(canary)
  const id = given.status === 200 ? JSON.parse(given.body).result.data.delegationId : undefined
  if (id === undefined) return
  const asked = encodeURIComponent(JSON.stringify({ orgId: team.id, delegationId: id }))
  const told = () => request.get(`/api/trpc/delegations.get?input=${asked}`).then((answer) => answer.text())
  await expect.poll(told).toMatch(/"state":"completed"/)
  expect(await told()).not.toContain(canary)
})

test('what looks like code in a config, a name or a prompt is text, and nothing of it is run', async ({
  call,
  request,
  team,
  lead,
}) => {
  const spells = [
    "{{constructor.constructor('return process')().exit(1)}}",
    dollar('process.exit(1)'),
    '#{7*7}<%= 7*7 %>{{7*7}}',
    '({x:process.exit(1)})',
    '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}',
  ]
  const where = { orgId: team.id, workspaceId: lead }
  for (const [index, spell] of spells.entries()) {
    const saved = await call('files.save', { ...where, path: `spell-${index}.md`, text: spell, baseVersion: 0 })
    expect(saved.status, spell).toBe(200)
    const input = encodeURIComponent(JSON.stringify({ ...where, path: `spell-${index}.md` }))
    const { result } = await (await request.get(`/api/trpc/files.read?input=${input}`)).json()
    expect(result.data.text).toBe(spell)
    expect(result.data.polluted).toBeUndefined()
  }
  const configs = [
    'name: !!js/function "function(){process.exit(1)}"\n',
    'name: Lead\n__proto__:\n  polluted: yes\n',
    'name: Lead\nconstructor: {prototype: {polluted: yes}}\n',
    '({name: process.exit(1)})',
    `name: "{{7*7}}"\nrole: "${dollar('process.env.PATH')}"\n`,
  ]
  for (const text of configs) {
    await call('files.save', { ...where, path: 'config.yaml', text, baseVersion: 1 })
    const input = encodeURIComponent(JSON.stringify({ orgId: team.id }))
    const listed = await (await request.get(`/api/trpc/workspaces.list?input=${input}`)).text()
    // A time of day may hold a 49 of its own.
    expect(listed.replaceAll(/\d\d:\d\d:\d\d\.\d+Z/g, ''), text).not.toMatch(/polluted|\b49\b|\/usr\/bin/)
  }
  expect((await request.get('/health')).status()).toBe(200)
})

test('to ask what would be changes nothing, and who asks is known before what they ask', async ({
  server,
  call,
  team,
  lead,
}) => {
  const hostile = '{"orgId":'.repeat(2_000)
  for (const path of ['moves.preview', 'schedules.preview', 'replays.dryRun', 'replays.tryPrompt', 'secrets.test']) {
    const headers = { origin: server.url, 'content-type': 'application/json' }
    expect((await send(server.url, `/api/trpc/${path}`, { method: 'POST', headers, body: hostile })).status, path).toBe(
      401,
    )
  }
  const dry = await call('replays.dryRun', {
    orgId: team.id,
    workspaceId: lead,
    task: 'rm -rf / && {{process.exit()}}',
  })
  expect(dry.status).toBe(200)
  expect((await send(server.url, '/health')).status).toBe(200)
})
