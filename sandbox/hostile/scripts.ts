import type { HostileCase } from './case.ts'

const js = (code: string, timeoutMs?: number) => ({
  language: 'javascript' as const,
  code,
  ...(timeoutMs !== undefined && { timeoutMs }),
})

/** Tries each door for a moment; one that opens is told of. `doors` is the text of an object of functions. */
const tryDoors = (doors: string) => `
const given = (name) => { const found = globalThis[name]; if (found === undefined) throw new Error('absent'); return found }
const doors = ${doors}
for (const [name, door] of Object.entries(doors)) {
  try {
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error('silence')), 700))
    const got = await Promise.race([Promise.resolve().then(door), late])
    console.log('REACHED ' + name, String(got).slice(0, 100))
  } catch {
    console.log('walled ' + name)
  }
}`

/** Attacks in the language every backend has. */
export const scriptAttacks: readonly HostileCase[] = [
  {
    name: 'a loop that never waits',
    target: 'time',
    program: () => js(`console.log('in'); for (;;) {}`, 1_000),
    ends: ['timed-out'],
  },
  {
    name: 'a loop that always waits for nothing',
    target: 'time',
    program: () => js(`for (;;) await null`, 1_000),
    ends: ['timed-out'],
  },
  {
    name: 'timers that make timers',
    target: 'time',
    program: () => js(`const more = () => { setTimeout(more, 0); setTimeout(more, 0) }\nmore()`, 1_000),
    ends: ['timed-out', 'crashed', 'out-of-memory'],
  },
  {
    name: 'a pattern that takes for ever',
    target: 'time',
    program: () => js(`/^(a+)+$/.test('a'.repeat(60) + '!')`, 1_000),
    ends: ['timed-out'],
  },
  {
    name: 'a call without end',
    target: 'time',
    program: () => js(`const down = () => down() + 1\ndown()`),
    ends: ['failed', 'crashed'],
  },
  {
    name: 'a flood of output',
    target: 'time',
    program: () => js(`for (;;) console.error('x'.repeat(1_000))`),
    ends: ['output-limit'],
  },
  {
    name: 'arrays until nothing is left',
    target: 'memory',
    program: () => js(`const kept = []; for (;;) kept.push(new Array(1e6).fill(kept.length))`, 5_000),
    ends: ['failed', 'crashed', 'timed-out', 'out-of-memory'],
  },
  {
    name: 'one buffer larger than everything',
    target: 'memory',
    program: () => js(`new ArrayBuffer(2 ** 46)`),
    ends: ['failed', 'out-of-memory'],
  },
  {
    name: 'files until the disk is full',
    target: 'files',
    program: () =>
      js(
        `import { writeFileSync } from 'node:fs'\nfor (let at = 0; ; at++) writeFileSync('fill-' + at, 'x'.repeat(100_000))`,
        8_000,
      ),
    ends: ['failed', 'timed-out', 'out-of-memory', 'crashed', 'exited'],
    when: ({ processes }) => processes,
  },
  {
    name: 'files outside of the run’s folder',
    target: 'files',
    program: () =>
      js(`import { readFileSync, writeFileSync } from 'node:fs'
        ${tryDoors(`{
          passwd: () => readFileSync('/etc/passwd', 'utf8'),
          environment: () => readFileSync('/proc/1/environ', 'utf8'),
          above: () => readFileSync('../../../../../../etc/passwd', 'utf8'),
          write: () => { writeFileSync('/etc/delegraph-canary', '1'); return 'written' },
        }`)}`),
    ends: ['completed'],
    when: ({ processes, shims }) => processes && shims === true,
  },
  {
    name: 'workers that make workers',
    target: 'processes',
    program: () =>
      js(
        `const source = URL.createObjectURL(new Blob(['for (;;) new Worker(location.href)'], { type: 'text/javascript' }))
        for (;;) new Worker(source)`,
        3_000,
      ),
    ends: ['failed', 'timed-out', 'crashed', 'out-of-memory'],
  },
  {
    name: 'cookies, storage, the page, its parents and its windows',
    target: 'page',
    program: ({ app }) =>
      js(
        tryDoors(`{
          cookie: () => given('document').cookie,
          'cookie store': () => given('cookieStore').getAll(),
          'local storage': () => given('localStorage').length,
          'session storage': () => given('sessionStorage').length,
          database: () => new Promise((done, fail) => { const asked = given('indexedDB').open('x'); asked.onsuccess = done; asked.onerror = () => fail(new Error('refused')) }),
          caches: () => given('caches').open('x'),
          files: () => navigator.storage.getDirectory(),
          locks: () => navigator.locks.request('x', () => 'held'),
          parent: () => given('parent').document.title,
          top: () => { given('top').location.href = '${app}hostile-top' },
          location: () => { given('location').assign('${app}hostile-location') },
          opener: () => given('opener').document.title,
          popup: () => given('open')('${app}hostile-popup'),
          message: () => given('postMessage')('hostile', '*'),
        }`),
      ),
    ends: ['completed'],
    when: ({ network }) => network !== true,
  },
  {
    name: 'loopback, the metadata address and every way out',
    target: 'network',
    program: ({ url, app }) =>
      js(
        tryDoors(`{
          fetch: () => fetch('${url}fetch').then((answer) => answer.text()),
          'fetch of the app': () => fetch('${app}hostile-fetch', { credentials: 'include' }).then((answer) => answer.text()),
          metadata: () => fetch('http://169.254.169.254/latest/meta-data/').then((answer) => answer.text()),
          'no-cors': () => fetch('${url}no-cors', { mode: 'no-cors' }),
          request: () => new Promise((done, fail) => { const asked = new (given('XMLHttpRequest'))(); asked.onload = done; asked.onerror = () => fail(new Error('refused')); asked.open('GET', '${url}xhr'); asked.send() }),
          socket: () => new Promise((done, fail) => { const socket = new (given('WebSocket'))('${url}'.replace('http', 'ws')); socket.onopen = done; socket.onerror = () => fail(new Error('refused')) }),
          events: () => new Promise((done, fail) => { const source = new (given('EventSource'))('${url}events'); source.onopen = done; source.onerror = () => fail(new Error('refused')) }),
          module: () => import(['${url}', 'module.js'].join('')),
          scripts: () => given('importScripts')('${url}scripts.js'),
          beacon: () => { if (!navigator.sendBeacon('${url}beacon')) throw new Error('refused'); return 'sent' },
          'peer connection': () => new (given('RTCPeerConnection'))({ iceServers: [{ urls: 'stun:127.0.0.1:9' }] }),
          transport: () => new (given('WebTransport'))('https://127.0.0.1:9').ready,
          font: () => new (given('FontFace'))('x', 'url(${url}font)').load(),
        }`),
      ),
    ends: ['completed'],
    when: ({ network }) => network !== true,
  },
  {
    name: 'the neighbour: channels, shared workers, globals left behind',
    target: 'siblings',
    program: () =>
      js(
        tryDoors(`{
          channel: () => new Promise((done) => { const channel = new (given('BroadcastChannel'))('sandbox'); channel.onmessage = done; channel.postMessage('anybody?'); done('opened') }),
          'shared worker': () => new (given('SharedWorker'))(URL.createObjectURL(new Blob(['']))),
          'left behind': () => { if (globalThis.leftBehind === undefined) { globalThis.leftBehind = 1; throw new Error('none') } return 'found' },
        }`),
      ),
    ends: ['completed'],
    when: ({ shims }) => shims === true,
  },
]
