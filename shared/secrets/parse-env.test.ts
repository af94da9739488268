import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hintOf } from './hint.ts'
import { parseEnv } from './parse-env.ts'

test('a pasted .env is read as people write them', () => {
  const text = [
    '# keys',
    'export OPENAI_API_KEY=sk-1 # mine',
    'GITHUB_TOKEN = "ghp_2#kept"',
    "SLACK_BOT_TOKEN='xoxb $NOT $REPLACED'",
    'PEM="-----BEGIN-----\\nabc',
    'second line"',
    'OPENAI_API_KEY=sk-3',
    '',
  ].join('\r\n')
  expect(parseEnv(text)).toEqual({
    entries: [
      { name: 'OPENAI_API_KEY', value: 'sk-3' },
      { name: 'GITHUB_TOKEN', value: 'ghp_2#kept' },
      { name: 'SLACK_BOT_TOKEN', value: 'xoxb $NOT $REPLACED' },
      { name: 'PEM', value: '-----BEGIN-----\nabc\nsecond line' },
    ],
    repeated: ['OPENAI_API_KEY'],
    problems: [],
  })
})

test('what cannot be read is named by its line, and no value is repeated', () => {
  const { entries, problems } = parseEnv('lower=canary\nJUST WORDS canary\nEMPTY=\nOPEN="canary\nGOOD=1')
  expect(entries).toEqual([{ name: 'GOOD', value: '1' }])
  expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4])
  expect(JSON.stringify(problems)).not.toContain('canary')
})

test('any value in single quotes comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (raw) => {
      const value = raw.replace(/['\r]/g, '')
      fc.pre(value.trim() !== '')
      expect(parseEnv(`A='${value}'`).entries).toEqual([{ name: 'A', value }])
    }),
  )
})

test('a hint shows four characters of a long value and nothing of a short one', () => {
  expect(hintOf('sk-ant-0123456789abcd')).toBe('••••abcd')
  expect(hintOf('hunter2')).toBe('••••')
  expect(hintOf('elevenchars')).toBe('••••')
  expect(hintOf('ends in line\n\n\n\n')).toBe('••••')
})
