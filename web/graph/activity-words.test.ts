import { describe, expect, it } from 'vitest'
import type { Activity } from '../features/delegations/index.ts'
import { cardState } from './activity-words.ts'

const now = Date.parse('2031-05-04T10:00:12.000Z')
const base: Activity = {
  activity: 'idle',
  since: now - 12_000,
  running: 0,
  queued: 0,
  waitingOn: { open: 0, given: 0, workspaceIds: [] },
  spendToday: 0,
  failedToday: 0,
  lastEnded: undefined,
}
const online = { status: 'online', marks: [] } as const
const words = (activity: Partial<Activity>) =>
  cardState({ ...online, marks: [] }, { ...base, ...activity }, () => 'Analyst', now).words

describe('the words on a card', () => {
  it('say what goes on, and for how long', () => {
    expect(words({})).toBe('Idle')
    expect(words({ activity: 'working' })).toBe('Working · 12 s')
    expect(words({ activity: 'completed' })).toBe('Completed 12 s ago')
    expect(words({ activity: 'waiting-child', waitingOn: { open: 2, given: 3, workspaceIds: [] } })).toBe(
      'Waiting for 2 of 3',
    )
  })

  it('mark what someone must look at', () => {
    const alert = (activity: Activity['activity']) =>
      cardState({ ...online, marks: [] }, { ...base, activity }, () => undefined, now).alert
    expect(alert('waiting-approval')).toBe('waiting')
    expect(alert('failed')).toBe('failed')
    expect(alert('working')).toBeUndefined()
    expect(
      cardState({ status: 'online', marks: ['needs ANTHROPIC_API_KEY'] }, base, () => undefined, now),
    ).toMatchObject({
      words: 'Needs ANTHROPIC_API_KEY',
      alert: 'waiting',
    })
  })
})
