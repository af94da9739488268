import { describe, expect, it } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { type Activity, idleActivity } from '../../features/delegations/index.ts'
import { idOf, makeWorkspaces } from '../testing/make-workspaces.ts'
import { collapseTeams, headsOf, hiding } from './collapse.ts'
import { createWorkProjection } from './project-work.ts'
import { createTeamStore } from './team-store.ts'
import { summarise, summaryWords } from './team-summary.ts'

const id = (index: number) => WorkspaceId.parse(idOf(index))
// 0 leads 1 and 2; 1 leads 3 and 4; 4 leads 5.
const workspaces = makeWorkspaces([{}, { parent: 0 }, { parent: 0 }, { parent: 1 }, { parent: 1 }, { parent: 4 }])
const collapse = (...heads: number[]) => collapseTeams(workspaces, new Set(heads.map(id)))
const shown = (...heads: number[]) => collapse(...heads).shown.map((one) => one.id)

describe('a collapsed team', () => {
  it('leaves its head alone on the chart', () => {
    expect(shown(1)).toEqual([0, 1, 2].map(id))
    expect(collapse(1).insides.get(id(1))).toEqual([3, 4, 5].map(id))
    expect(collapse(1).standsIn.get(id(5))).toBe(id(1))
  })

  it('changes nothing where nothing is collapsed, or only those without reports', () => {
    expect(collapse().shown).toBe(workspaces)
    expect(collapse(2).shown).toBe(workspaces)
  })

  it('within a collapsed team is part of the outer one', () => {
    expect(shown(0, 1, 4)).toEqual([id(0)])
    expect(collapse(0, 1).standsIn.get(id(3))).toBe(id(0))
    expect(collapse(0, 1).insides.size).toBe(1)
  })

  it('survives a ring of parents', () => {
    const ring = makeWorkspaces([{ parent: 1 }, { parent: 0 }, {}])
    expect(collapseTeams(ring, new Set([id(0)])).shown).toHaveLength(3)
  })

  it('is opened when someone inside is looked for', () => {
    const collapsed = new Set([id(0), id(4), id(2)])
    expect(hiding(workspaces, collapsed, id(5))).toEqual([id(4), id(0)])
    expect(headsOf(workspaces)).toEqual([0, 1, 4].map(id))
  })
})

const doing = (activity: Partial<Activity>): Activity => ({ ...idleActivity, ...activity })

describe('the card of a collapsed team', () => {
  it('counts agents, work and spend, and shows the worst inside', () => {
    const failed = doing({ activity: 'failed', failedToday: 2 })
    const members = [
      doing({ activity: 'working', running: 2, spendToday: 30 }),
      failed,
      doing({ activity: 'queued', queued: 3 }),
    ]
    const summary = summarise(doing({ activity: 'waiting-child', spendToday: 12 }), members)
    expect(summary).toEqual({
      agents: 4,
      running: 2,
      waiting: 1,
      queued: 3,
      failedToday: 2,
      spendToday: 42,
      worst: failed,
    })
    expect(summaryWords(summary)).toBe('4 agents · 2 running · 1 waiting')
  })

  it('puts what needs a person before what went wrong', () => {
    const asks = doing({ activity: 'waiting-approval' })
    expect(summarise(doing({ activity: 'failed' }), [asks]).worst).toBe(asks)
  })

  it('hears of its own team only', () => {
    const activities = new Map<WorkspaceId, Activity>()
    const store = createTeamStore((one) => activities.get(one) ?? idleActivity)
    store.set(
      new Map([
        [id(1), [id(3)]],
        [id(4), [id(5)]],
      ]),
    )
    const heard: string[] = []
    store.subscribe(id(1), () => heard.push('first'))
    store.subscribe(id(4), () => heard.push('second'))
    activities.set(id(3), doing({ activity: 'working', running: 1 }))
    store.hear([id(3), id(2)])
    expect(heard).toEqual(['first'])
    expect(store.summaryOf(id(1))?.running).toBe(1)
    store.set(new Map())
    expect(store.summaryOf(id(1))).toBeUndefined()
    expect(heard).toEqual(['first', 'first', 'second'])
  })
})

describe('work that travels into a collapsed team', () => {
  const work = (from: number, to: number, state: 'running' | 'failed' | 'waiting', count = 1) =>
    [`${id(from)}>${id(to)}`, { from: id(from), to: id(to), state, needsPerson: false, count, at: 0 }] as const

  it('ends at its card, is counted there, and shows the worst', () => {
    const projection = createWorkProjection(collapse(1).standsIn)
    const [drawn] = projection.project([work(0, 1, 'running', 2), work(0, 3, 'failed')])
    expect(drawn?.[0]).toBe(`${id(0)}>${id(1)}`)
    expect(drawn?.[1]).toMatchObject({ from: id(0), to: id(1), state: 'failed', count: 3 })
    expect(projection.project([[`${id(0)}>${id(3)}`, undefined]])[0]?.[1]).toMatchObject({ state: 'running', count: 2 })
  })

  it('is not drawn where it stays inside', () => {
    expect(createWorkProjection(collapse(1).standsIn).project([work(1, 3, 'running')])).toEqual([])
  })

  it('is drawn as it is where nothing is collapsed', () => {
    const one = work(0, 1, 'waiting')
    expect(createWorkProjection(new Map()).project([one])).toEqual([one])
  })
})
