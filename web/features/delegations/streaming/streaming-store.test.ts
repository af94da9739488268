import { expect, test } from 'vitest'
import type { WordsFrame } from '#shared/delegations/words.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { createStreamingStore } from './streaming-store.ts'

const id = DelegationId.parse('0192c1d0-0000-7000-8000-000000000001')
const other = DelegationId.parse('0192c1d0-0000-7000-8000-000000000002')
const piece = (delegationId: DelegationId, at: number, text: string): WordsFrame => ({
  ...{ delegationId, step: 1, attempt: 1, at, text },
})

test('a listener hears once a frame, and only of its own delegation', () => {
  const flushes: (() => void)[] = []
  const store = createStreamingStore((flush) => void flushes.push(flush))
  let heard = 0
  const end = store.subscribe(id, () => void heard++)
  store.hear([piece(id, 0, 'Low '), piece(other, 0, 'No')])
  store.hear([piece(id, 4, 'tide')])
  expect(flushes).toHaveLength(1)
  flushes[0]?.()
  expect(heard).toBe(1)
  expect(store.of(id)?.text).toBe('Low tide')
  end()
  store.hear([piece(id, 8, '.')])
  flushes[1]?.()
  expect(heard).toBe(1)
})

test('the same answer is the same object, so that nothing is drawn anew', () => {
  const store = createStreamingStore(() => {})
  store.hear([piece(id, 0, 'Low ')])
  expect(store.of(id)).toBe(store.of(id))
})

test('it forgets the answers heard longest ago', () => {
  const store = createStreamingStore(() => {})
  store.hear([piece(id, 0, 'Low ')])
  for (let n = 0; n < 250; n++) {
    const next = DelegationId.parse(`0192c1d0-0000-7000-9000-${String(n).padStart(12, '0')}`)
    store.hear([piece(next, 0, 'x')])
  }
  expect(store.of(id)).toBeUndefined()
})
