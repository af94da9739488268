import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { NetworkRules, OutputChunk } from '../sandbox.ts'
import { createBubblewrap } from './bubblewrap.ts'
import { writeTar } from './remote/tar.ts'

const sandbox = createBubblewrap({ timeMs: 20_000 })
const probe = await sandbox.probe()
if (probe.state === 'unavailable') process.stdout.write(`skipped: projects on the server: ${probe.reason}\n`)
afterAll(() => sandbox.close())

async function command(
  line: string,
  files: Readonly<Record<string, string>>,
  more: { stdin?: string; timeoutMs?: number; memoryBytes?: number; network?: NetworkRules } = {},
) {
  const { memoryBytes, network, ...request } = more
  const booted = await sandbox.boot({ ...(memoryBytes && { limits: { memoryBytes } }), ...(network && { network }) })
  if (booted.state !== 'ready') throw new Error(booted.reason)
  const { session } = booted
  const chunks: OutputChunk[] = []
  session.onOutput((chunk) => void chunks.push(chunk))
  for (const [path, text] of Object.entries(files)) session.files.write(path, text)
  try {
    if (!session.runCommand) throw new Error('there are no commands')
    const result = await session.runCommand({ command: line, ...request })
    const left = Object.fromEntries(
      session.files.list().map((path) => [path, new TextDecoder().decode(session.files.read(path))]),
    )
    const text = (stream: string) =>
      chunks
        .filter((each) => each.stream === stream)
        .map((each) => each.text)
        .join('')
    return { result, out: text('stdout'), err: text('stderr'), left }
  } finally {
    session.dispose()
  }
}

const project = {
  'package.json': JSON.stringify({
    name: 'sums',
    type: 'module',
    scripts: { test: 'node --test', start: 'node main.js' },
  }),
  'main.js': `import { sum } from './lib/sum.js'\nimport { writeFileSync } from 'node:fs'\nconsole.log(sum(2, 3))\nwriteFileSync('out/result.txt', '5')`,
  'lib/sum.js': 'export const sum = (a, b) => a + b\n',
  'out/.keep': '',
  'sum.test.js': `import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { sum } from './lib/sum.js'\ntest('adds', () => assert.equal(sum(1, 1), 2))\n`,
}

describe.skipIf(probe.state === 'unavailable')('a project behind the walls', { timeout: 30_000 }, () => {
  test('without hosts, whom it asked for is in the result; what it serves to itself works', async () => {
    const files = {
      'main.js': `import { createServer } from 'node:http'
const server = createServer((_, answer) => answer.end('own')).listen(0, async () => {
  console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text())
  for (const url of ['https://one.example.org/a', 'http://two.example.org:8080/'])
    await fetch(url).then(() => console.log('reached'), () => console.log('no way'))
  server.close()
})`,
      'package.json': '{ "type": "module" }',
    }
    const { result, out } = await command('node main.js', files)
    expect(out).toBe('own\nno way\nno way\n')
    const refused = { isAllowed: false, why: 'this sandbox has no network' }
    expect(result).toMatchObject({
      kind: 'completed',
      attempts: [
        { host: 'one.example.org', port: 443, ...refused },
        { host: 'two.example.org', port: 8080, ...refused },
      ],
    })
  })

  test('its commands run over its files, and what they wrote comes back', async () => {
    const { result, out, left } = await command('node main.js', project)
    expect(result).toMatchObject({ kind: 'completed', exitCode: 0 })
    expect(out).toBe('5\n')
    expect(left['out/result.txt']).toBe('5')
    expect(Object.keys(left)).toHaveLength(6)
  })

  test('npm test runs its tests; one that fails is an exit code', async () => {
    const good = await command('npm test', project)
    expect(good.result).toMatchObject({ kind: 'completed' })
    expect(good.out).toContain('pass 1')
    const bad = await command('npm test', { ...project, 'lib/sum.js': 'export const sum = (a, b) => a - b\n' })
    expect(bad.result).toMatchObject({ kind: 'exited', exitCode: 1 })
  })

  test('packages are installed only where the registry may be reached, and it says so at once', async () => {
    const { result, err } = await command('npm install left-pad && node main.js', project)
    expect(result).toMatchObject({ kind: 'exited', exitCode: 69 })
    expect(err).toContain('npm install needs the registry, which this sandbox may not reach')
    expect(err).toContain('registry.npmjs.org:443')
  })

  test('a package comes from the registry through the proxy, and the project runs with it', async () => {
    const registry = await startRegistry()
    try {
      const { port } = registry
      const files = {
        ...project,
        '.npmrc': `registry=http://localhost:${port}/\n`,
        'main.js': `import { three } from 'tiny'\nconsole.log(three)`,
      }
      const network = { allowed: [{ host: 'localhost', port }], mayReachPrivate: () => true }
      const { result, out, err, left } = await command('npm install tiny >&2 && node main.js', files, { network })
      expect(out, err).toBe('3\n')
      expect(result).toMatchObject({ kind: 'completed' })
      expect(new Set(result.attempts?.map(({ host }) => host))).toEqual(new Set(['localhost']))
      expect(Object.keys(left)).toContain('package-lock.json')
      expect(Object.keys(left).some((path) => path.startsWith('node_modules/'))).toBe(false)
    } finally {
      registry.close()
    }
  })

  test('it reads what it is given, and other programs are there too', async () => {
    const { out } = await command('cat | tr a-z A-Z; deno --version | head -1; node --version', project, {
      stdin: 'words\n',
    })
    expect(out).toMatch(/^WORDS\ndeno .*\nv\d+/)
  })

  test('the limits are all there: time, memory, output, and children are gone', async () => {
    const slow = await command('node -e "console.log(1); setInterval(() => {}, 1000)" & wait', project, {
      timeoutMs: 1_500,
    })
    expect(slow.result).toMatchObject({ kind: 'timed-out', limitMs: 1_500 })
    expect(slow.out).toBe('1\n')
    const hungry = await command('node -e "const kept = []; for (;;) kept.push(Buffer.alloc(8e6, 1))"', project, {
      memoryBytes: 160 * 1024 * 1024,
    })
    expect(hungry.result).toMatchObject({ kind: 'out-of-memory' })
    const loud = await command('yes', project)
    expect(loud.result).toMatchObject({ kind: 'output-limit' })
  })

  test('a command that is not there is the shell’s own word', async () => {
    expect((await command('cargo build', project)).result).toMatchObject({ kind: 'exited', exitCode: 127 })
  })
})

/** A registry of one package on loopback, in the form of npm's. */
async function startRegistry(): Promise<{ port: number; close(): void }> {
  const manifest = { name: 'tiny', version: '1.0.0', type: 'module', main: 'index.js' }
  const file = (path: string, text: string) => ({ path: `package/${path}`, bytes: Buffer.from(text) })
  const tarball = gzipSync(
    writeTar([file('package.json', JSON.stringify(manifest)), file('index.js', 'export const three = 3\n')]),
  )
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  const server = createServer((asked, answer) => {
    if (asked.url?.endsWith('.tgz')) return answer.end(tarball)
    const dist = { tarball: `http://${asked.headers.host}/tiny/-/tiny-1.0.0.tgz`, integrity }
    const versions = { '1.0.0': { ...manifest, dist } }
    answer.setHeader('Content-Type', 'application/json')
    answer.end(JSON.stringify({ name: 'tiny', 'dist-tags': { latest: '1.0.0' }, versions }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return { port: address !== null && typeof address === 'object' ? address.port : 0, close: () => server.close() }
}
