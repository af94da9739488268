import { type Case, equal, expectKind, listen, python, sha256OfA, textOf } from './case.ts'

/** Python, wherever it is offered. */
export const pythonCases: readonly Case[] = [
  {
    name: 'Python prints, reads, imports files beside it, and its digest is right',
    needs: 'python',
    async run(session) {
      session.files.write('pack/__init__.py', '')
      session.files.write('pack/add.py', 'def add(a, b):\n    return a + b\n')
      const code = `import hashlib, sys\nfrom pack.add import add\nprint(add(3, 4), 'é')\nprint(hashlib.sha256(b'a').hexdigest(), file=sys.stderr)`
      const { result, chunks } = await listen(session, python(code))
      expectKind(result, 'completed')
      equal(textOf(chunks, 'stdout'), '7 é\n')
      equal(textOf(chunks, 'stderr'), `${sha256OfA}\n`)
    },
  },
  {
    name: 'Python’s files come back: what it wrote, changed and deleted',
    needs: 'python',
    async run(session) {
      session.files.write('in.txt', 'in')
      session.files.write('old.txt', 'old')
      const code = `import os\nos.makedirs('out/deep')\nopen('out/deep/a.bin', 'wb').write(bytes(range(256)))\nopen('in.txt', 'a').write('!')\nos.remove('old.txt')`
      expectKind(await session.run(python(code)), 'completed')
      equal(session.files.list(), ['in.txt', 'out/deep/a.bin'])
      equal(
        [session.files.read('out/deep/a.bin')?.length, new TextDecoder().decode(session.files.read('in.txt'))],
        [256, 'in!'],
      )
    },
  },
  {
    name: 'a Python error stands on the user’s line, at run time and before it',
    needs: 'python',
    async run(session) {
      const raised = expectKind(
        await session.run(python(`def inner():\n    raise ValueError('no')\n\ninner()\n`)),
        'failed',
      )
      equal([raised.phase, raised.error.name, raised.error.message], ['run', 'ValueError', 'no'])
      equal([raised.error.at?.file, raised.error.at?.line], ['snippet.py', 2])
      const wrong = expectKind(await session.run(python(`a = 1\nb = = 2\n`)), 'failed')
      equal([wrong.phase, wrong.error.name, wrong.error.at?.line], ['compile', 'SyntaxError', 2])
    },
  },
  {
    name: 'a Python loop ends by the clock, and what it wrote until then is kept',
    needs: 'python',
    async run(session) {
      const looping = { ...python(`print('begun', flush=True)\nwhile True: pass`), timeoutMs: 1_000 }
      const { result, chunks } = await listen(session, looping)
      equal(expectKind(result, 'timed-out').limitMs, 1_000)
      equal(textOf(chunks), 'begun\n')
    },
  },
]
