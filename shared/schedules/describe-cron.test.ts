import { expect, test } from 'vitest'
import { describeCron } from './describe-cron.ts'

test.each([
  ['* * * * *', 'Every minute'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 * * * *', 'Every hour'],
  ['5 */2 * * *', 'Every 2 hours at :05'],
  ['0 9 * * *', 'At 09:00'],
  ['30 8,17 * * 1-5', 'At 08:30 and 17:30 on weekdays'],
  ['0 9 * * 1,3,7', 'At 09:00 on Mondays, Wednesdays and Sundays'],
  ['0 0 1 * *', 'At 00:00 on day 1 of the month'],
  ['0 9 1 1 *', '0 9 1 1 *'],
  ['0 9-17 * * *', '0 9-17 * * *'],
  ['0 9 13 * 5', '0 9 13 * 5'],
  ['0 9 * * 9', '0 9 * * 9'],
])('%s is "%s"', (line, words) => {
  expect(describeCron(line)).toBe(words)
})
