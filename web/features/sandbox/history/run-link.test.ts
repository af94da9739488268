import { expect, test } from 'vitest'
import { refNamed } from './run-link.ts'

const id = '0198a2f0-1111-7222-8333-444455556666'

test('a link names a run of a person, or a step of an agent’s work, or nothing', () => {
  expect(refNamed(id)).toEqual({ kind: 'person', runId: id })
  expect(refNamed(`${id}.12`)).toEqual({ kind: 'agent', delegationId: id, step: 12 })
  for (const name of ['', 'x', `${id}.`, `${id}.-1`, `${id}.1e3`, `x.1`]) expect(refNamed(name)).toBeUndefined()
})
