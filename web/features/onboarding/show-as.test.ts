import { expect, test } from 'vitest'
import type { Guide } from '#shared/onboarding/contract.ts'
import { showAs, takeBack } from './show-as.ts'

const guide: Guide = { isOffered: true, isHidden: false, done: ['move'] }

test('the guide is put away, comes back where it was, and begins anew', () => {
  const away = showAs(guide, 'hide')
  expect(away).toEqual({ ...guide, isHidden: true })
  expect(showAs(away, 'resume')).toEqual(guide)
  expect(showAs(guide, 'begin')).toEqual({ ...guide, done: [] })
})

test('what the server did not hear is taken back, and nothing that was done meanwhile', () => {
  expect(takeBack(showAs(guide, 'hide'), guide)).toEqual(guide)
  const anew = { ...showAs(guide, 'begin'), done: ['prompt' as const] }
  expect(takeBack(anew, guide)).toEqual({ ...guide, done: ['move', 'prompt'] })
})
