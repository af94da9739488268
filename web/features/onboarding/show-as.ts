import type { Guide } from '#shared/onboarding/contract.ts'

export type Showing = 'hide' | 'resume' | 'begin'

/** The guide as it is shown at once, before the server has heard of it. */
export function showAs(guide: Guide, to: Showing): Guide {
  return { ...guide, isHidden: to === 'hide', done: to === 'begin' ? [] : guide.done }
}

/** The guide as it stood before, with what was done since. */
export function takeBack(guide: Guide, before: Guide): Guide {
  return { ...guide, isHidden: before.isHidden, done: [...new Set([...before.done, ...guide.done])] }
}
