import { type Case, equal, expectKind, joined, js, listen, textOf } from './case.ts'

/** What a program says is heard, whole and in order. */
export const outputCases: readonly Case[] = [
  {
    name: 'what is logged comes out on stdout, what is warned on stderr, each in order',
    async run(session) {
      const code = `console.log('one'); console.warn('two'); console.log('three ✓ 日本'); console.error('four')`
      const { result, chunks } = await listen(session, js(code))
      expectKind(result, 'completed')
      equal(textOf(chunks, 'stdout'), 'one\nthree ✓ 日本\n')
      equal(textOf(chunks, 'stderr'), 'two\nfour\n')
    },
  },
  {
    name: 'both streams come out in the order in which they were written',
    needs: 'shims',
    async run(session) {
      const { result, chunks } = await listen(
        session,
        js(`console.log('one'); console.warn('two'); console.log('three')`),
      )
      expectKind(result, 'completed')
      equal(joined(chunks), [
        ['stdout', 'one\n'],
        ['stderr', 'two\n'],
        ['stdout', 'three\n'],
      ])
    },
  },
  {
    name: 'values are written as Node writes them',
    needs: 'shims',
    async run(session) {
      const code = `console.log({ a: [1, 'two', null], m: new Map([['k', { deep: { deeper: {} } }]]) }, new Set([1n]))`
      const { chunks } = await listen(session, js(code))
      equal(textOf(chunks), "{ a: [ 1, 'two', null ], m: Map(1) { 'k' => { deep: [Object] } } } Set(1) { 1n }\n")
    },
  },
  {
    name: 'a flood of output ends at the limit and not a byte later',
    async run(session) {
      const { result, chunks } = await listen(session, js(`for (;;) console.log('flood é'.repeat(20))`))
      equal(expectKind(result, 'output-limit').limitBytes, session.limits.outputBytes)
      const bytes = new TextEncoder().encode(textOf(chunks)).length
      if (bytes > session.limits.outputBytes || bytes < session.limits.outputBytes - 4) {
        throw new Error(`expected close to ${session.limits.outputBytes} bytes, got ${bytes}`)
      }
    },
  },
]
