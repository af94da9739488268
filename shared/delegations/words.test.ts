import { expect, test } from 'vitest'
import { DelegationId } from '../kernel/ids.ts'
import { hearWords, type Spoken, type WordsFrame, wholeFrame } from './words.ts'

const delegationId = DelegationId.parse('0192c1d0-0000-7000-8000-000000000001')
const piece = (at: number, text: string, more: Partial<WordsFrame> = {}): WordsFrame => ({
  ...{ delegationId, step: 1, attempt: 1, at, text },
  ...more,
})
const heard = (...frames: WordsFrame[]) =>
  frames.reduce<Spoken | undefined>((known, frame) => hearWords(known, frame), undefined)

test('pieces that join on make the answer so far', () => {
  expect(heard(piece(0, 'Low '), piece(4, 'tide'), piece(8, '.', { isEnd: true }))).toEqual({
    ...{ step: 1, attempt: 1, text: 'Low tide.', isEnded: true },
  })
})

test('what was missed leaves nothing to show until the whole is told again', () => {
  const gap = heard(piece(0, 'Low '), piece(9, 'six'))
  expect(gap).toBeUndefined()
  expect(hearWords(gap, piece(12, '.'))).toBeUndefined()
  expect(hearWords(gap, piece(0, 'Low tide at six.'))?.text).toBe('Low tide at six.')
})

test('what is told twice is heard once', () => {
  expect(heard(piece(0, 'Low '), piece(0, 'Low '), piece(4, 'tide'), piece(2, 'w tide'))?.text).toBe('Low tide')
  expect(heard(piece(0, 'Low tide'), piece(0, 'Low '), piece(4, 'tide'))?.text).toBe('Low tide')
})

test('another attempt begins anew, and words of the one before are nothing any more', () => {
  const again = heard(piece(0, 'Low '), piece(0, 'High', { attempt: 2 }), piece(4, 'tide'))
  expect(again).toMatchObject({ attempt: 2, text: 'High' })
  expect(hearWords(again, piece(0, 'Ne', { step: 4 }))).toMatchObject({ step: 4, text: 'Ne' })
})

test('who comes late hears the whole', () => {
  const known = heard(piece(0, 'Low '), piece(4, 'tide'))
  expect(known && hearWords(undefined, wholeFrame(delegationId, known))).toEqual(known)
})
