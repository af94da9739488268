import type { HostileCase } from './case.ts'

const python = (code: string, timeoutMs?: number) => ({
  language: 'python' as const,
  code,
  ...(timeoutMs !== undefined && { timeoutMs }),
})
const speaks: NonNullable<HostileCase['when']> = ({ languages }) => languages.includes('python')

const tryDoors = (doors: readonly string[]) =>
  [
    'async def attempt(name, door):',
    '    try:',
    '        got = door()',
    '        if hasattr(got, "__await__"): got = await got',
    '        print("REACHED", name, str(got)[:100])',
    '    except BaseException as error:',
    '        print("walled", name, type(error).__name__)',
    ...doors,
  ].join('\n')

export const pythonAttacks: readonly HostileCase[] = [
  {
    name: 'a Python loop',
    target: 'time',
    program: () => python('while True: pass', 1_000),
    ends: ['timed-out'],
    when: speaks,
  },
  {
    name: 'Python lists until nothing is left',
    target: 'memory',
    program: () => python('kept = []\nwhile True: kept.append(bytearray(10_000_000))', 8_000),
    ends: ['failed', 'crashed', 'timed-out', 'out-of-memory', 'exited'],
    when: speaks,
  },
  {
    name: 'Python’s ways out of the worker it is in',
    target: 'network',
    program: ({ url, app }) =>
      python(
        tryDoors([
          'import os, socket',
          `await attempt("socket", lambda: socket.create_connection(("127.0.0.1", int("${url}".rsplit(":")[2].strip("/"))), timeout=1).send(b"GET / HTTP/1.0\\r\\n\\r\\n"))`,
          'await attempt("environment", lambda: open("/proc/1/environ").read())',
          'await attempt("system", lambda: os.fork())',
          'try:',
          '    import js, pyodide.http',
          'except ImportError:',
          '    js = None',
          'if js is not None:',
          `    await attempt("js fetch", lambda: js.fetch("${url}js"))`,
          `    await attempt("pyfetch", lambda: pyodide.http.pyfetch("${app}hostile-pyfetch"))`,
          `    await attempt("import scripts", lambda: js.importScripts("${url}scripts.js"))`,
          '    await attempt("document", lambda: js.document.cookie)',
          '    await attempt("storage", lambda: js.localStorage.length)',
          '    await attempt("parent", lambda: js.parent.document)',
        ]),
        20_000,
      ),
    ends: ['completed'],
    when: ({ languages, network }) => languages.includes('python') && network !== true,
  },
]
