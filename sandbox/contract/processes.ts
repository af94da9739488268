import { type Case, equal, expectKind, js, listen, refusedWith, sha256OfA, textOf } from './case.ts'

/** Files everywhere; and what only a process has. */
export const processCases: readonly Case[] = [
  {
    name: 'files keep to their folder and to their limit',
    async run(session) {
      equal(
        refusedWith(() => session.files.write('../outside.js', '')),
        'bad-input',
      )
      equal(
        refusedWith(() => session.files.write('/etc/passwd', '')),
        'bad-input',
      )
      equal(
        refusedWith(() => session.files.write('big.txt', 'x'.repeat(session.limits.fileBytes + 1))),
        'too-large',
      )
      session.files.write('a/./b.txt', 'b')
      equal(session.files.list(), ['a/b.txt'])
      equal(new TextDecoder().decode(session.files.read('a/b.txt')), 'b')
      session.files.remove('a/b.txt')
      equal(session.files.list(), [])
    },
  },
  {
    name: 'a program says with its code how it ended',
    needs: 'processes',
    async run(session) {
      const { result, chunks } = await listen(
        session,
        js(`import process from 'node:process'; console.log('so far'); process.exit(3)`),
      )
      equal(expectKind(result, 'exited').exitCode, 3)
      equal(textOf(chunks), 'so far\n')
    },
  },
  {
    name: 'a program reads its input to the end, whatever bytes it holds',
    needs: 'processes',
    async run(session) {
      const code = `import { readFileSync } from 'node:fs'; console.log(readFileSync(0, 'utf8').toUpperCase())`
      const { chunks } = await listen(session, { ...js(code), stdin: 'grüße\n'.repeat(1_000) })
      equal(textOf(chunks), `${'GRÜSSE\n'.repeat(1_000)}\n`)
      const { result } = await listen(session, js(code))
      expectKind(result, 'completed')
    },
  },
  {
    name: 'files of any bytes go in and come out, and those it deletes are gone',
    needs: 'processes',
    async run(session) {
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      session.files.write('in.bin', bytes)
      session.files.write('old.txt', 'old')
      const code = `import { readFileSync, rmSync, mkdirSync, writeFileSync } from 'node:fs'
        mkdirSync('out'); writeFileSync('out/back.bin', readFileSync('in.bin').reverse()); rmSync('old.txt')`
      expectKind((await listen(session, js(code))).result, 'completed')
      equal(session.files.list(), ['in.bin', 'out/back.bin'])
      equal([...(session.files.read('out/back.bin') ?? [])], [...bytes].reverse())
    },
  },
  {
    name: 'memory over the limit ends the run and nothing else',
    needs: 'memoryLimit',
    async run(session) {
      const code = `console.log('before'); const kept = []; for (;;) kept.push(new Uint8Array(4_000_000).fill(1))`
      const { result, chunks } = await listen(session, js(code))
      equal(expectKind(result, 'out-of-memory').limitBytes, session.limits.memoryBytes)
      equal(textOf(chunks), 'before\n')
      expectKind((await listen(session, js('1'))).result, 'completed')
    },
  },
  {
    name: 'the digest of a is what it is everywhere',
    needs: 'processes',
    async run(session) {
      const code = `import { createHash } from 'node:crypto'; console.log(createHash('sha256').update('a').digest('hex'))`
      equal(textOf((await listen(session, js(code))).chunks), `${sha256OfA}\n`)
    },
  },
]
