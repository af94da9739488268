import { expect, test } from 'vitest'
import { explainCronLine, tidyCronLine } from './cron-line.ts'
import { isTimeZone } from './time-zone.ts'

test.each(['* * * * *', '0 9 * * 1-5', '*/15 8-18/2 1,15 jan-mar MON,wed,7', ' 5  4\t* * sun '])(
  '%s can be read',
  (line) => {
    expect(explainCronLine(line)).toBeUndefined()
  },
)

test.each([
  ['', 'Say when'],
  ['@daily', '@daily is a nickname'],
  ['* * * *', 'This has 4.'],
  ['0 0 9 * * 1', 'This has 6.'],
  ['75 9 * * *', 'The minute "75" cannot be read: 75 is no number from 0 to 59.'],
  ['0 9 * * 8', 'The day of the week "8" cannot be read: 8 is no number from 0 to 7, or a name such as mon.'],
  ['0 24 * * *', 'The hour'],
  ['0 9 0 * *', 'The day of the month'],
  ['0 9 * foo *', 'a name such as feb'],
  ['0 9 * * 5-1', 'the range 5-1 runs backwards.'],
  ['0 9 * * 1-2-3', 'a range has one hyphen.'],
  ['0 */0 * * *', 'a step is a number from 1 to 23.'],
  ['5/10 * * * *', 'write a range or * before "/10".'],
  ['1,,2 * * * *', 'a comma stands alone.'],
  ['0 9 L * *', 'L is no number'],
  ['0 9 * * -1', 'nothing is no number'],
])('%s is refused with the field and the reason', (line, words) => {
  expect(explainCronLine(line)).toContain(words)
})

test('a line is kept with one space between its fields', () => {
  expect(tidyCronLine('  0   9 *\t* 1-5 ')).toBe('0 9 * * 1-5')
})

test('time zones are names of places', () => {
  expect(
    ['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia', 'Etc/GMT+5'].filter((name) => !isTimeZone(name)),
  ).toEqual([])
  expect(['', '+02:00', 'Mars/Olympus', 'Europe/Berlin; drop', 'CEST?'].filter(isTimeZone)).toEqual([])
})
