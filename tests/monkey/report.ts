import type { Played } from './play.ts'

/** What happened, for people; a run with findings says how to repeat it. */
export function reportOf({
  seed,
  minutes,
  seconds,
  acts,
  kills,
  texts,
  refusals,
  findings,
  last,
  diary,
}: Played): string {
  const counted = Object.entries(acts).sort(([a], [b]) => (a < b ? -1 : 1))
  const total = counted.reduce((sum, [, { done }]) => sum + done, 0)
  const answers = Object.entries(refusals).map(([status, count]) => `${count} × ${status}`)
  return [
    `Monkey, seed ${seed}: ${minutes} minutes, ${total} acts in two browsers, server killed ${kills} times, ${texts.typed} texts typed (${texts.saved} saved at once), ${seconds.toFixed(0)} s in all`,
    `  ${counted.map(([name, { done, skipped }]) => `${name} ${done}${skipped > 0 ? ` (${skipped} not possible)` : ''}`).join(', ')}`,
    ...(answers.length > 0 ? [`  refused in words by the server: ${answers.join(', ')}`] : []),
    ...(findings.length === 0
      ? ['No console error, no lost edit, graph equal to the database.']
      : [
          `${findings.length} findings:`,
          ...findings.map((finding) => `  - ${finding}`),
          'What was done last:',
          ...last.map((line) => `  ${line}`),
          `All that was done: ${diary}`,
          `Again: npm run monkey -- --seed ${seed} --minutes ${minutes}`,
        ]),
  ].join('\n')
}
