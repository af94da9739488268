import { type Case, equal, expectKind, includes, js, lineOf, listen, textOf } from './case.ts'

/** What is written runs as it reads. */
export const codeCases: readonly Case[] = [
  {
    name: 'top-level await, timers and unawaited promises are waited for',
    async run(session) {
      const code = `await null; setTimeout(() => console.log('later'), 20); Promise.resolve().then(() => console.log('soon'))`
      const { result, chunks } = await listen(session, js(code))
      expectKind(result, 'completed')
      equal(textOf(chunks), 'soon\nlater\n')
    },
  },
  {
    name: 'a syntax error says file, line and column',
    async run(session) {
      const { error, phase } = expectKind(await session.run(js(`const a = 1\nconst b = = 2\n`)), 'failed')
      equal([phase, error.name], ['compile', 'SyntaxError'])
      equal(error.at, { file: 'snippet.js', line: 2, column: 11 })
    },
  },
  {
    name: 'runs share nothing: globals, timers and prototypes are new each time',
    async run(session) {
      await session.run(js(`globalThis.left = 1; Array.prototype.map = () => 'broken'`))
      const { chunks } = await listen(session, js(`console.log(typeof left, [1].map((n) => n + 1))`))
      equal(textOf(chunks), 'undefined [ 2 ]\n')
    },
  },
  {
    name: 'what the sandbox withholds is refused by name',
    needs: 'shims',
    async run(session) {
      const code = `await fetch('https://example.com')`
      const { error } = expectKind(await session.run(js(code)), 'failed')
      includes(error.message, 'fetch is not available in this sandbox: it has no network')
    },
  },
  {
    name: 'a default export is shown as the value',
    async run(session) {
      equal(expectKind(await session.run(js(`export default { answer: 42 }`)), 'completed').value, '{ answer: 42 }')
      equal(expectKind(await session.run(js(`1`)), 'completed').value, null)
    },
  },
  {
    name: 'TypeScript runs, and its errors stand on the user’s lines',
    needs: 'typescript',
    async run(session) {
      const code = `interface Point {\n  x: number\n}\nenum Way { Up }\nconst at: Point = { x: Way.Up }\nconsole.log(at)\nthrow new Error('here')\n`
      const { result, chunks } = await listen(session, { language: 'typescript', code })
      equal(textOf(chunks), '{ x: 0 }\n')
      equal(lineOf(expectKind(result, 'failed').error.at), 'snippet.ts:7')
    },
  },
  {
    name: 'a TypeScript syntax error says file, line and column',
    needs: 'typescript',
    async run(session) {
      const result = await session.run({ language: 'typescript', code: `const ok = 1\nlet é: = 2\n` })
      const { error, phase } = expectKind(result, 'failed')
      equal([phase, error.at], ['compile', { file: 'snippet.ts', line: 2, column: 8 }])
    },
  },
  {
    name: 'files import each other, and errors name the file',
    needs: 'multiFile',
    async run(session) {
      session.files.write('lib/add.ts', `export const add = (a: number, b: number) => a + b\n`)
      session.files.write('lib/fail.js', `\nexport function fail() {\n  throw new Error('from lib')\n}\n`)
      const code = `import { add } from './lib/add.ts'\nimport { fail } from './lib/fail'\n\nconsole.log(add(3, 4))\nfail()`
      const { result, chunks } = await listen(session, { language: 'typescript', code, path: 'main.ts' })
      equal(textOf(chunks), '7\n')
      equal(lineOf(expectKind(result, 'failed').error.at), 'lib/fail.js:3')
    },
  },
  {
    name: 'an import that is not there is refused at its place',
    needs: 'multiFile',
    async run(session) {
      const missing = await session.run(js(`import './nowhere.js'`))
      equal(expectKind(missing, 'failed').error.at, { file: 'snippet.js', line: 1, column: 8 })
    },
  },
  {
    name: 'what only Node has is refused by name, and data is imported as it is',
    needs: 'shims',
    async run(session) {
      session.files.write('data.json', `{ "n": 3 }`)
      const { chunks } = await listen(session, js(`import data from './data.json'\nconsole.log(data.n)`))
      equal(textOf(chunks), '3\n')
      const builtIn = expectKind(await session.run(js(`import net from 'node:net'`)), 'failed')
      includes(builtIn.error.message, 'node:net is not available in this sandbox')
      const lacking = js(`import { watch } from 'fs'\n\nwatch('.', () => {})`)
      const { error } = expectKind(await session.run(lacking), 'failed')
      includes(error.message, 'fs.watch is not available in this sandbox')
      equal(error.at, { file: 'snippet.js', line: 3, column: 1 })
      includes(
        expectKind(await session.run(js(`import _ from 'lodash'`)), 'failed').error.message,
        'WebContainers have npm',
      )
    },
  },
]
