import { describe, expect, it } from 'vitest'
import { chartOf, stepFrom, teamOf, topmost, whyNotUnder } from './chart.ts'
import { idOf, makeWorkspaces } from './testing/make-workspaces.ts'

const workspaces = makeWorkspaces([{ name: 'Lead' }, { parent: 0 }, { parent: 0 }, { parent: 1 }, { name: 'Other' }])
const chart = chartOf(workspaces)
const [lead, left, right, below, other] = workspaces
const ids = (...chosen: (typeof lead)[]) => chosen.flatMap((one) => one?.id ?? [])
const whyNot = (moved: typeof lead, target: typeof lead) => target && whyNotUnder(chart, ids(moved), target)

describe('the org chart', () => {
  it('knows everyone below', () => {
    expect(teamOf(chart, idOf(0)).map(({ id }) => id)).toEqual([idOf(1), idOf(2), idOf(3)])
  })

  it('moves only the topmost of those chosen', () => {
    expect(topmost(chart, ids(lead, below, other))).toEqual(ids(lead, other))
  })

  it('says why a workspace cannot be put under another', () => {
    expect(whyNot(left, left)).toBe('A workspace cannot be its own parent.')
    expect(whyNot(lead, below)).toBe('W3 is in the team of Lead.')
    expect(whyNot(left, lead)).toBe('Already under Lead.')
    expect(whyNot(left, other)).toBeUndefined()
  })

  it('is walked by arrow keys: up, down and among siblings', () => {
    expect(stepFrom(chart, idOf(3), 'ArrowUp')).toBe(left)
    expect(stepFrom(chart, idOf(0), 'ArrowDown')).toBe(left)
    expect(stepFrom(chart, idOf(1), 'ArrowRight')).toBe(right)
    expect(stepFrom(chart, idOf(2), 'ArrowRight')).toBeUndefined()
    expect(stepFrom(chart, idOf(0), 'ArrowRight')).toBe(other)
    expect(stepFrom(chart, idOf(0), 'ArrowUp')).toBeUndefined()
  })
})
