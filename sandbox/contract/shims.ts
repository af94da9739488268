import { type Case, equal, expectKind, js, listen, refusedWith, textOf } from './case.ts'

const said = async (session: Parameters<Case['run']>[0], code: string) => {
  const { result, chunks } = await listen(session, js(code))
  expectKind(result, 'completed')
  return textOf(chunks, 'stdout')
}

/** What of Node a worker stands in for, as Node does it. */
export const shimCases: readonly Case[] = [
  {
    name: 'the ordinary functions of fs, in their three manners, with Node’s errors',
    needs: 'shims',
    async run(session) {
      session.files.write('data/in.txt', 'one\ntwo\n')
      const code = `
        import fs, { existsSync } from 'node:fs'
        import { readFile, mkdir } from 'fs/promises'
        import path from 'node:path'
        console.log((await readFile('data/in.txt', 'utf8')).split('\\n').length, existsSync('nowhere'))
        await mkdir('out/deep', { recursive: true })
        fs.appendFileSync(path.join('out', 'log.txt'), 'a')
        fs.appendFileSync('/project/out/log.txt', Buffer.from('b'))
        fs.readdir('out', (error, names) => console.log(error, names))
        fs.renameSync('data/in.txt', 'data/moved.txt')
        console.log(fs.statSync('out').isDirectory(), fs.statSync('out/log.txt').size, fs.readdirSync('.', { recursive: true }).length)
        try { fs.readFileSync('nowhere.txt') } catch ({ code, message }) { console.log(code, message) }
        try { fs.writeFileSync('/etc/passwd', '') } catch ({ code }) { console.log(code) }`
      const lines = (await said(session, code)).split('\n')
      equal(lines.slice(0, 4), [
        '3 false',
        'true 2 6',
        "ENOENT ENOENT: no such file or directory, open 'nowhere.txt'",
        'EACCES',
      ])
      equal(lines[4], "null [ 'deep', 'log.txt' ]")
      equal(session.files.list(), ['data/moved.txt', 'out/log.txt'])
      equal(new TextDecoder().decode(session.files.read('out/log.txt')), 'ab')
    },
  },
  {
    name: 'files there is no room for are refused as a full disk is, and what fits is kept',
    needs: 'shims',
    async run(session) {
      const code = `import { writeFileSync } from 'node:fs'
        writeFileSync('kept.txt', 'kept')
        for (let at = 0; ; at++) writeFileSync('fill-' + at, 'x'.repeat(10_000))`
      const { error } = expectKind(await session.run(js(code)), 'failed')
      equal(error.message.slice(0, 31), 'ENOSPC: no space left on device')
      equal(session.files.list().includes('kept.txt'), true)
      equal(
        refusedWith(() => session.files.write('more.txt', 'x'.repeat(20_000))),
        'too-large',
      )
    },
  },
  {
    name: 'what was written before the run was stopped is kept too',
    needs: 'shims',
    async run(session) {
      const code = `import { writeFileSync } from 'node:fs'; writeFileSync('so-far.txt', '1'); for (;;) {}`
      expectKind(await session.run({ ...js(code), timeoutMs: 1_500 }), 'timed-out')
      equal(session.files.list(), ['so-far.txt'])
    },
  },
  {
    name: 'events, timers, util, assert and buffers are there, and process tells of the run',
    needs: 'shims',
    async run(session) {
      const code = `
        import { EventEmitter, once } from 'events'
        import { setTimeout as wait } from 'node:timers/promises'
        import { promisify, inspect, format } from 'node:util'
        import assert from 'node:assert/strict'
        const emitter = new EventEmitter()
        wait(5).then(() => emitter.emit('ready', 42))
        console.log(await once(emitter, 'ready'), Buffer.from('héllo').toString('base64'), Buffer.from('6869', 'hex'))
        console.log(format('%s is %d', 'it', 3), inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }))
        console.log(await promisify((value, done) => done(null, value + 1))(1))
        assert.deepEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] })
        assert.throws(() => assert.equal(1, 2), { name: 'AssertionError' })
        process.stdout.write(process.argv[1] + ' ' + Object.keys(process.env).length + ' ' + process.cwd() + '\\n')
        process.on('exit', (code) => console.log('bye', code))`
      equal((await said(session, code)).split('\n'), [
        '[ 42 ] aMOpbGxv <Buffer 68 69>',
        'it is 3 { a: [Object] }',
        '2',
        '/project/snippet.js 0 /project',
        'bye 0',
        '',
      ])
    },
  },
  {
    name: 'modules of the older kind and the run’s own standard input',
    needs: 'shims',
    async run(session) {
      session.files.write(
        'older.js',
        `const { basename } = require('node:path')\nmodule.exports = { name: basename('/a/b.js') }`,
      )
      const code = `const older = require('./older.js')
        let all = ''
        process.stdin.setEncoding('utf8')
        process.stdin.on('data', (text) => { all += text }).on('end', () => console.log(older.name, all.length))`
      const { chunks } = await listen(session, { ...js(code), stdin: 'grüße' })
      equal(textOf(chunks), 'b.js 5\n')
      equal(
        textOf(
          (
            await listen(session, {
              ...js(`for await (const part of process.stdin) console.log(String(part))`),
              stdin: 'in',
            })
          ).chunks,
        ),
        'in\n',
      )
    },
  },
  {
    name: 'an exit code that was set, or a call of exit in the midst, is how the program ended',
    needs: 'shims',
    async run(session) {
      equal(expectKind(await session.run(js(`process.exitCode = 4`)), 'exited').exitCode, 4)
      const { result, chunks } = await listen(
        session,
        js(`console.log('so far'); process.exit(3); console.log('never')`),
      )
      equal([expectKind(result, 'exited').exitCode, textOf(chunks)], [3, 'so far\n'])
      expectKind(await session.run(js(`setInterval(() => {}, 1_000); process.exit()`)), 'completed')
    },
  },
]
