import { expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { controlOffers } from './control.ts'

const idOf = (name: string) =>
  WorkspaceId.parse(`00000000-0000-4000-8000-0000000000${name.charCodeAt(0).toString().padStart(2, '0')}`)

function workspace(name: string, parent: string | null, more: Partial<Workspace> = {}): Workspace {
  return {
    id: idOf(name),
    parentId: parent === null ? null : idOf(parent),
    name,
    role: '',
    runtime: 'native',
    model: 'rehearsal',
    tier: 1,
    status: 'online',
    maxConcurrentTasks: 1,
    isPausedHere: false,
    isFrozen: false,
    isFrozenHere: false,
    position: null,
    marks: [],
    createdAt: '2031-05-04T12:00:00.000Z',
    ...more,
  }
}

const paused = { status: 'paused' } as const
const pausedHere = { ...paused, isPausedHere: true }
const frozenHere = { isFrozen: true, isFrozenHere: true }
const chart = [workspace('A', null), workspace('B', 'A'), workspace('C', 'B'), workspace('D', null)]

const under = (change: Record<string, Partial<Workspace>>) => chart.map((one) => ({ ...one, ...change[one.name] }))

test.each<[string, readonly Workspace[], string[], 'pause' | 'freeze', string[]]>([
  ['one with a team says how many', chart, ['A'], 'pause', ['Pause A and 2 below']],
  ['one alone says its name', chart, ['D'], 'freeze', ['Freeze D']],
  ['a paused one is resumed', under({ A: pausedHere, B: paused, C: paused }), ['A'], 'pause', ['Resume A and 2 below']],
  [
    'below a paused one that comes first',
    under({ A: pausedHere, B: paused, C: paused }),
    ['C'],
    'pause',
    ['Resume A first'],
  ],
  [
    'the highest of several above comes first',
    under({ A: pausedHere, B: pausedHere, C: paused }),
    ['C'],
    'pause',
    ['Resume A first'],
  ],
  ['several count once those below another', chart, ['A', 'B', 'D'], 'pause', ['Pause 2 workspaces and 2 below']],
  [
    'several of which some are paused go both ways',
    under({ D: pausedHere }),
    ['A', 'D'],
    'pause',
    ['Pause A and 2 below', 'Resume D'],
  ],
  ['frozen by itself is unfrozen', under({ D: frozenHere }), ['D'], 'freeze', ['Unfreeze D']],
  ['a stopped organisation is no matter of one workspace', under({ D: paused }), ['D'], 'pause', []],
])('%s', (_, workspaces, names, kind, wanted) => {
  const offers = controlOffers(workspaces, names.map(idOf), kind)
  expect(offers.map(({ label }) => label)).toEqual(wanted)
})
