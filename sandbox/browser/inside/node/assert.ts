import type { createSame } from './same.ts'

/** Node's `assert`, each failure with what it found and what it wanted. Shipped as text. */
export function createAssert(inspect: (value: unknown) => string, { isSame, isLike }: ReturnType<typeof createSame>) {
  type Said = string | Error | undefined
  class AssertionError extends Error {
    readonly code = 'ERR_ASSERTION'
    readonly actual: unknown
    readonly expected: unknown
    readonly operator: string
    readonly generatedMessage: boolean
    constructor({
      message,
      actual,
      expected,
      operator = 'fail',
    }: { message?: string; actual?: unknown; expected?: unknown; operator?: string }) {
      super(message ?? `${inspect(actual)} ${operator} ${inspect(expected)}`)
      this.name = 'AssertionError'
      this.generatedMessage = message === undefined
      Object.assign(this, { actual, expected, operator })
      this.actual = actual
      this.expected = expected
      this.operator = operator
    }
  }
  const check = (
    isTrue: boolean,
    said: Said,
    words: string,
    detail: { actual?: unknown; expected?: unknown; operator: string },
  ) => {
    if (isTrue) return
    if (said instanceof Error) throw said
    throw new AssertionError({ ...detail, message: said ?? words })
  }
  const compared = (operator: string, words: string, holds: (actual: unknown, expected: unknown) => boolean) => {
    return (actual: unknown, expected: unknown, said?: Said) =>
      check(holds(actual, expected), said, `${words}:\n\n${inspect(actual)}\n\nand\n\n${inspect(expected)}\n`, {
        actual,
        expected,
        operator,
      })
  }
  const matches = (error: unknown, wanted: unknown): boolean => {
    if (wanted === undefined || typeof wanted === 'string') return true
    if (wanted instanceof RegExp) return wanted.test(String(error))
    if (typeof wanted === 'function') {
      const { prototype } = wanted
      if (typeof prototype === 'object' && prototype !== null && error instanceof wanted) return true
      return Object.prototype.isPrototypeOf.call(Error, wanted) ? false : Reflect.apply(wanted, {}, [error]) === true
    }
    if (typeof wanted !== 'object' || wanted === null || typeof error !== 'object' || error === null) return false
    return Object.entries(wanted).every(([key, value]) => {
      const found: unknown = Reflect.get(error, key)
      return value instanceof RegExp && typeof found === 'string' ? value.test(found) : isSame(found, value, true)
    })
  }
  const ok = (value: unknown, said?: Said) =>
    check(Boolean(value), said, 'The expression evaluated to a falsy value', {
      actual: value,
      expected: true,
      operator: '==',
    })
  const judge = (caught: { error: unknown } | undefined, wanted: unknown, said: Said) => {
    const operator = 'throws'
    if (caught === undefined)
      return check(false, typeof wanted === 'string' ? wanted : said, 'Missing expected exception.', { operator })
    if (!matches(caught.error, wanted)) throw caught.error
  }
  const strict = {
    ok,
    equal: compared('strictEqual', 'Expected values to be strictly equal', Object.is),
    notEqual: compared(
      'notStrictEqual',
      'Expected values not to be strictly equal',
      (one, other) => !Object.is(one, other),
    ),
    deepEqual: compared('deepStrictEqual', 'Expected values to be strictly deep-equal', (one, other) =>
      isSame(one, other, true),
    ),
    notDeepEqual: compared(
      'notDeepStrictEqual',
      'Expected values not to be strictly deep-equal',
      (one, other) => !isSame(one, other, true),
    ),
  }
  const both = {
    ...{ AssertionError, ok, strictEqual: strict.equal, notStrictEqual: strict.notEqual },
    ...{ deepStrictEqual: strict.deepEqual, notDeepStrictEqual: strict.notDeepEqual },
    fail: (said: string | Error = 'Failed') => check(false, said, 'Failed', { operator: 'fail' }),
    ifError: (value: unknown) => {
      if (value !== null && value !== undefined) throw value
    },
    match: (text: string, pattern: RegExp, said?: Said) =>
      check(
        pattern.test(text),
        said,
        `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`,
        { actual: text, expected: pattern, operator: 'match' },
      ),
    doesNotMatch: (text: string, pattern: RegExp, said?: Said) =>
      check(
        !pattern.test(text),
        said,
        `The input was expected to not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`,
        { actual: text, expected: pattern, operator: 'doesNotMatch' },
      ),
    throws(act: () => unknown, wanted?: unknown, said?: Said) {
      let caught: { error: unknown } | undefined
      try {
        act()
      } catch (error) {
        caught = { error }
      }
      judge(caught, wanted, said)
    },
    doesNotThrow: (act: () => unknown) => void act(),
    async rejects(act: unknown, wanted?: unknown, said?: Said) {
      let caught: { error: unknown } | undefined
      try {
        await (typeof act === 'function' ? act() : act)
      } catch (error) {
        caught = { error }
      }
      judge(caught, wanted, said)
    },
    doesNotReject: async (act: unknown) => void (await (typeof act === 'function' ? act() : act)),
  }
  const loose = {
    equal: compared('==', 'Expected values to be loosely equal', (one, other) => isLike(one, other)),
    notEqual: compared('!=', 'Expected values not to be loosely equal', (one, other) => !isLike(one, other)),
    deepEqual: compared('deepEqual', 'Expected values to be loosely deep-equal', (one, other) =>
      isSame(one, other, false),
    ),
    notDeepEqual: compared(
      'notDeepEqual',
      'Expected values not to be loosely deep-equal',
      (one, other) => !isSame(one, other, false),
    ),
  }
  const made = (of: object): object => Object.assign((value: unknown, said?: Said) => ok(value, said), both, of)
  const strictAssert = made(strict)
  return {
    assert: Object.assign(made(loose), { strict: strictAssert }),
    strict: Object.assign(strictAssert, { strict: strictAssert }),
  }
}
