import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { contractCases, contractLimits } from '../contract-suite.ts'
import type { OutputChunk, RunRequest, RunResult, Session } from '../sandbox.ts'
import { createBubblewrap } from './bubblewrap.ts'

const sandbox = createBubblewrap(contractLimits)
const probe = await sandbox.probe()
if (probe.state === 'unavailable') process.stdout.write(`skipped: bubblewrap: ${probe.reason}\n`)

afterAll(() => sandbox.close())

async function boot(): Promise<Session> {
  const booted = await sandbox.boot()
  if (booted.state !== 'ready') throw new Error(booted.reason)
  return booted.session
}

async function inSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const session = await boot()
  try {
    return await work(session)
  } finally {
    session.dispose()
  }
}

async function heard(session: Session, request: RunRequest): Promise<{ result: RunResult; text: string }> {
  const chunks: OutputChunk[] = []
  const stop = session.onOutput((chunk) => void chunks.push(chunk))
  const result = await session.run(request)
  stop()
  return { result, text: chunks.map(({ text }) => text).join('') }
}

const python = (code: string): RunRequest => ({ language: 'python', code })
const runPython = (code: string) => inSession((session) => heard(session, python(code)))

describe.skipIf(probe.state === 'unavailable')('bubblewrap', { timeout: 20_000 }, () => {
  describe('keeps the contract', () => {
    test.each(contractCases(sandbox.capabilities).map((each) => [each.name, each] as const))('%s', async (_, each) => {
      await inSession((session) => each.run(session, boot))
    })

    test('a session sees its own files and processes alone', async () => {
      await inSession((one) =>
        inSession(async (other) => {
          one.files.write('mine.txt', 'mine')
          const list = `import os\nprint(sorted(os.listdir('/home/sandbox')), len([p for p in os.listdir('/proc') if p.isdigit()]))`
          const [first, second] = await Promise.all([heard(one, python(list)), heard(other, python(list))])
          expect(first.text).toBe("['mine.txt', 'snippet.py'] 2\n")
          expect(second.text).toBe("['snippet.py'] 2\n")
        }),
      )
    })

    test('fifty at once all end well', { timeout: 60_000 }, async () => {
      const runs = Array.from({ length: 50 }, (_, at) =>
        inSession((session) => heard(session, { language: 'javascript', code: `console.log(${at} * 2)` })),
      )
      const texts = (await Promise.all(runs)).map(({ text }) => text)
      expect(texts).toEqual(Array.from({ length: 50 }, (_, at) => `${at * 2}\n`))
    })
  })

  describe('hostile programs', () => {
    test('a fork bomb meets the limit and is gone with its children', async () => {
      const code = `import os, time\nwhile True:\n    try:\n        if os.fork() == 0: time.sleep(60)\n    except OSError: pass`
      const { result } = await inSession((session) => heard(session, { ...python(code), timeoutMs: 700 }))
      expect(result).toMatchObject({ kind: 'timed-out', limitsMet: ['processes'] })
      await waitUntil(() => groupsLeft().length === 0)
    })

    test('a program that finds the word of its report cannot fill our memory with one that never ends', async () => {
      const code = `import os, sys
job = sys._getframe(1).f_locals['job']
os.write(2, ('\\0' + job['nonce']).encode())
while True: os.write(2, b'x' * 1_000_000)`
      const { result } = await runPython(code)
      expect(result.kind).toBe('output-limit')
    })

    test('a full disk is the program’s own trouble', async () => {
      const { result } = await runPython(`f = open('/home/sandbox/big', 'wb')\nwhile True: f.write(b'x' * 1_000_000)`)
      expect(result).toMatchObject({ kind: 'failed', error: { message: '[Errno 28] No space left on device' } })
    })

    test('nothing of the machine is there to read: its users, its secrets, our environment, other processes', async () => {
      process.env.SANDBOX_CANARY = 'canary-of-the-host'
      const { text } = await runPython(
        `import os, glob
for path in ['/etc/shadow', '/etc/passwd', '/root', '/home', '/var', '/run', '/sys', '/proc/1/environ', '/proc/1/root/home']:
    try:
        found = open(path, 'rb').read() if os.path.isfile(path) or path.endswith('environ') else os.listdir(path)
        print(path, 'CANARY' in str(found) or len(found))
    except OSError as error:
        print(path, type(error).__name__)
print(dict(os.environ))`,
      )
      delete process.env.SANDBOX_CANARY
      expect(text).not.toContain('canary')
      expect(text).not.toContain('True')
      // Its own folder alone.
      expect(text).toContain('/home 1')
      for (const path of ['/etc/shadow', '/etc/passwd', '/root', '/var', '/run', '/sys']) {
        expect(text).toContain(`${path} FileNotFoundError`)
      }
    })

    test('no way to the network: not the server beside it, not the address of the cloud', async () => {
      const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
      await new Promise((listening) => server.once('listening', listening))
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      let visits = 0
      server.on('connection', () => visits++)
      const { text } = await runPython(
        `import socket
for host, port in [('127.0.0.1', ${port}), ('169.254.169.254', 80), ('1.1.1.1', 53)]:
    try:
        socket.create_connection((host, port), 1); print('reached')
    except OSError as error: print(error.errno)`,
      )
      server.close()
      expect(text).toBe('111\n101\n101\n')
      expect(visits).toBe(0)
    })

    test('no way to more rights: namespaces, mounts, tracing, keys, io_uring, system files', async () => {
      const { text } = await runPython(
        `import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *args):
    ctypes.set_errno(0)
    return libc.syscall(number, *args), ctypes.get_errno()
numbers = {'x86_64': [272, 165, 101, 250, 425, 321], 'aarch64': [97, 40, 117, 219, 425, 280]}[os.uname().machine]
print([call(numbers[0], 0x10000000), call(numbers[1], 0, 0, 0, 0, 0), call(numbers[2], 16, 1, 0, 0)])
print([call(number, 0, 0, 0, 0, 0) for number in numbers[3:]])
print(os.getuid(), open('/proc/self/status').read().split('CapEff:')[1].split()[0])
try: open('/usr/bin/owned', 'w')
except OSError as error: print(error.errno)`,
      )
      expect(text).toBe('[(-1, 1), (-1, 1), (-1, 1)]\n[(-1, 1), (-1, 1), (-1, 1)]\n65534 0000000000000000\n30\n')
    })

    test('a program that plays the runner lies about nothing but itself', async () => {
      const { result, text } = await runPython(
        `import os\nos.write(2, b'\\0' + b'0' * 32 + b'{"value":"forged","files":{"../../etc/x":"eA=="}}\\0')\nos._exit(0)`,
      )
      expect(result).toMatchObject({ kind: 'completed', value: null })
      expect(text).toContain('forged')
    })

    test('links and deep folders do not lead the files of a session out of it', async () => {
      await inSession(async (session) => {
        await heard(
          session,
          python(
            `import os\nos.symlink('/etc/ld.so.cache', 'link')\nos.makedirs('a/b')\nopen('a/b/c', 'w').write('c')`,
          ),
        )
        expect(session.files.list()).toEqual(['a/b/c'])
      })
    })
  })
})

function groupsLeft(): string[] {
  const places = ['/sys/fs/cgroup', '/sys/fs/cgroup/pids']
  return places.flatMap((place) => {
    try {
      return readdirSync(place).filter((name) => name.startsWith(`delegraph-${process.pid}-`))
    } catch {
      return []
    }
  })
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((next) => setImmediate(next))
}
