import { expect, test } from 'vitest'
import { DelegationId } from '#shared/kernel/ids.ts'
import { restartWords } from './restart-words.ts'

const work = (...fields: string[]) => ({
  ...{ delegationId: DelegationId.parse('0199aaaa-0000-7000-8000-000000000001'), task: 'x', configVersion: 1, fields },
})

test('what is kept is named once, by its label', () => {
  expect(restartWords([work('model')])).toEqual({
    says: 'A delegation in flight keeps the former model. Begun afresh, what was done so far is done again.',
    does: 'Restart it',
  })
  expect(restartWords([work('model', 'tools'), work('model', 'delegation')]).says).toMatch(
    /^2 delegations in flight keep the former model, tools and delegation\./,
  )
})
