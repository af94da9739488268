import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalEvents, canonicalText } from './canonical.ts'
import { replay } from './replay.ts'
import { live, lucks } from './replay-runs.fixture.ts'

test('whatever happened to a delegation, its replay gives the same bytes', () => {
  fc.assert(
    fc.property(lucks, (happened) => {
      const run = live(happened)
      const again = replay(run)
      expect(again.mismatch).toBeNull()
      expect(canonicalText(again.events)).toBe(canonicalText(canonicalEvents(run)))
    }),
    { numRuns: 2_000 },
  )
})

test('a record somebody tampered with is told with the step and both sides', () => {
  let told = 0
  fc.assert(
    fc.property(lucks, fc.nat(), (happened, where) => {
      const run = live(happened)
      const calls = run.journal.steps.filter((step) => step.kind === 'tool')
      const victim = calls[where % Math.max(calls.length, 1)]
      if (!victim) return
      told += 1
      const steps = run.journal.steps.map((step) => (step === victim ? { ...step, name: 'transfer_money' } : step))
      const { equal, mismatch } = replay({ ...run, journal: { ...run.journal, steps } })
      expect(equal).toBe(false)
      expect(mismatch).toMatchObject({ step: victim.step, recorded: { name: 'transfer_money' } })
      expect(mismatch?.decided).toMatchObject({ name: victim.name })
    }),
  )
  expect(told).toBeGreaterThan(20)
})

test('another answer than the recorded one is told', () => {
  const run = live(Array.from({ length: 8 }, () => ({ what: 19, pick: 0, outcome: 9, calls: 0 })))
  expect(run.journal.state).toBe('completed')
  expect(replay({ ...run, answer: 'I never said this.' })).toMatchObject({
    equal: false,
    mismatch: { recorded: { answer: 'I never said this.' }, decided: { answer: 'Said' } },
  })
})

test('ids, the order of keys and empty places make no difference to the canonical form', () => {
  const run = live([
    { what: 19, pick: 0, outcome: 9, calls: 0 },
    { what: 19, pick: 0, outcome: 9, calls: 2 },
  ])
  const other = JSON.parse(JSON.stringify(run).replaceAll('01890000', 'ffff0000'))
  expect(canonicalText(canonicalEvents(other))).toBe(canonicalText(canonicalEvents(run)))
})
