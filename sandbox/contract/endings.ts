import { type Case, equal, expectKind, firstChunk, includes, js, lineOf, listen, textOf } from './case.ts'

/** Every run ends in the one way that is true, and in no other. */
export const endingCases: readonly Case[] = [
  {
    name: 'a thrown error fails with its name, message and the user’s line',
    async run(session) {
      const result = await session.run(js(`\nfunction inner() {\n  throw new RangeError('too far')\n}\ninner()`))
      const { error, phase } = expectKind(result, 'failed')
      equal([phase, error.name, error.message], ['run', 'RangeError', 'too far'])
      equal(lineOf(error.at), 'snippet.js:3')
      includes(error.stack, 'snippet.js:5:')
    },
  },
  {
    name: 'errors stand on the column of the throw, and those who called it on that of the call',
    needs: 'exactColumns',
    async run(session) {
      const code = `\nfunction inner() {\n  throw new RangeError('too far')\n}\ninner()`
      const { error } = expectKind(await session.run(js(code)), 'failed')
      equal(error.at, { file: 'snippet.js', line: 3, column: 9 })
      includes(error.stack, 'snippet.js:5:1')
      const typed = `interface Point {\n  x: number\n}\nenum Way { Up }\nconst at: Point = { x: Way.Up }\nthrow new Error('here')\n`
      const { error: of } = expectKind(await session.run({ language: 'typescript', code: typed }), 'failed')
      equal(of.at, { file: 'snippet.ts', line: 6, column: 7 })
      session.files.write('lib/fail.js', `\nexport function fail() {\n  throw new Error('from lib')\n}\n`)
      const { error: far } = expectKind(await session.run(js(`import { fail } from './lib/fail.js'\nfail()`)), 'failed')
      equal(far.at, { file: 'lib/fail.js', line: 3, column: 9 })
    },
  },
  {
    name: 'a promise nobody heard fails the run',
    needs: 'tellsRejections',
    async run(session) {
      const rejected = await session.run(js(`Promise.reject(new Error('dropped'))`))
      equal(expectKind(rejected, 'failed').error.message, 'dropped')
    },
  },
  {
    name: 'a rejection the program waits for and an error in a timer fail the run',
    async run(session) {
      const rejected = await session.run(js(`await Promise.reject(new Error('waited for'))`))
      equal(expectKind(rejected, 'failed').error.message, 'waited for')
      const late = await session.run(js(`setTimeout(() => { throw new Error('late') }, 5)`))
      equal(expectKind(late, 'failed').error.message, 'late')
    },
  },
  {
    name: 'an endless loop stops when it is told to',
    async run(session) {
      const stop = new AbortController()
      const running = session.run({ ...js(`console.log('spinning'); for (;;) {}`), signal: stop.signal })
      await firstChunk(session)
      stop.abort()
      expectKind(await running, 'stopped')
    },
  },
  {
    name: 'kill ends the run and the session goes on',
    async run(session) {
      const running = session.run(js(`console.log('spinning'); for (;;) {}`))
      await firstChunk(session)
      session.kill()
      expectKind(await running, 'stopped')
      const { result, chunks } = await listen(session, js(`console.log('alive')`))
      expectKind(result, 'completed')
      equal(textOf(chunks), 'alive\n')
    },
  },
  {
    name: 'a run that is aborted before it starts never starts',
    async run(session) {
      const { result, chunks } = await listen(session, { ...js(`console.log('ran')`), signal: AbortSignal.abort() })
      expectKind(result, 'stopped')
      equal(textOf(chunks), '')
    },
  },
  {
    name: 'the time limit ends what does not end by itself',
    async run(session) {
      const looped = await session.run({ ...js('for (;;) {}'), timeoutMs: 200 })
      equal(expectKind(looped, 'timed-out').limitMs, 200)
      const waited = await session.run({ ...js('await new Promise(() => setInterval(() => {}, 10))'), timeoutMs: 200 })
      expectKind(waited, 'timed-out')
    },
  },
  {
    name: 'one run at a time: a second is refused and the first is not disturbed',
    async run(session) {
      const first = session.run(js(`await new Promise((done) => setTimeout(done, 30)); console.log('first')`))
      const refused = await session.run(js('1')).then(
        () => 'accepted',
        (error) => String(error?.code),
      )
      equal(refused, 'conflict')
      expectKind(await first, 'completed')
    },
  },
  {
    name: 'two sessions run at once and see nothing of each other',
    async run(session, open) {
      const other = await open()
      try {
        session.files.write('mine.js', `export default 'mine'`)
        const spinning = session.run(js(`console.log('spinning'); for (;;) {}`))
        await firstChunk(session)
        const { result, chunks } = await listen(other, js(`globalThis.left = 1; console.log('other')`))
        expectKind(result, 'completed')
        equal(textOf(chunks), 'other\n')
        equal(other.files.list(), [])
        other.dispose()
        session.kill()
        expectKind(await spinning, 'stopped')
        equal(textOf((await listen(session, js(`console.log(typeof left)`))).chunks), 'undefined\n')
      } finally {
        other.dispose()
      }
    },
  },
  {
    name: 'a session that was thrown away answers so, and ends what was running',
    async run(session) {
      const running = session.run(js(`console.log('spinning'); for (;;) {}`))
      await firstChunk(session)
      session.dispose()
      expectKind(await running, 'stopped')
      expectKind(await session.run(js('1')), 'unavailable')
    },
  },
]
