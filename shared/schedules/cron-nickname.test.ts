import { expect, test } from 'vitest'
import { explainCronLine } from './cron-line.ts'
import { spellOut } from './cron-nickname.ts'

test.each([
  ['@daily', '0 0 * * *'],
  ['@Weekly', '0 0 * * 0'],
  ['@every 15m', '*/15 * * * *'],
  ['@every 60m', '0 * * * *'],
  ['@every 6h', '0 */6 * * *'],
  ['@every 24h', '0 0 * * *'],
  ['0 9 * * 1-5', '0 9 * * 1-5'],
])('%s is %s', (line, spelt) => {
  expect(spellOut(line)).toBe(spelt)
  expect(explainCronLine(spelt)).toBeUndefined()
})

test.each(['@every 7m', '@every 0m', '@every 90s', '@reboot'])('%s stays what it is, and is refused', (line) => {
  expect(explainCronLine(spellOut(line))).toContain('nickname')
})
