import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSettled } from '#shared/delegations/journal.ts'
import { replay } from '#shared/delegations/replay.ts'
import { live, lucks } from '#shared/delegations/replay-runs.fixture.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { stepsOfFork } from './fork-steps.ts'

test('wherever work can be forked, what it begins with is a record that decides the same way, with no call left to repeat', () => {
  let forks = 0
  fc.assert(
    fc.property(lucks, fc.nat(40), (happened, where) => {
      const { journal } = live(happened)
      const atStep = where % Math.max(journal.steps.length, 1)
      const steps = unlessRefused(() => stepsOfFork(journal, atStep, { kind: 'nothing' }))
      if (!steps) return
      forks += 1
      expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index))
      expect(steps.every(({ state }) => isSettled(state))).toBe(true)
      expect(steps.length).toBeGreaterThan(atStep)
      const begun = {
        journal: { ...journal, state: 'running' as const, cancel: null, steps },
        answer: null,
        reason: null,
      }
      expect(replay(begun)).toMatchObject({ equal: true, mismatch: null })
    }),
    { numRuns: 1_000 },
  )
  expect(forks).toBeGreaterThan(200)
})

function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
