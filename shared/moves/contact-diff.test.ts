import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import type { ContactPolicy } from '../orgs/contract.ts'
import { canCommunicate } from '../workspaces/can-communicate.ts'
import { chartOf, chartWith } from '../workspaces/chart.ts'
import { canMove } from './can-move.ts'
import { contactDiff, type Move } from './contact-diff.ts'

const idOf = (index: number) => WorkspaceId.parse(`00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`)
const names = ['Lead', 'Research', 'Build', 'Reader', 'Analyst', 'Tester']
const id = (name: string) => idOf(names.indexOf(name))
const nameOf = (workspace: WorkspaceId) => names.find((name) => id(name) === workspace) ?? workspace
/** Lead ─ (Research ─ (Reader, Analyst), Build ─ Tester) */
const chart = chartOf([
  { id: id('Lead'), parentId: null },
  { id: id('Research'), parentId: id('Lead') },
  { id: id('Build'), parentId: id('Lead') },
  { id: id('Reader'), parentId: id('Research') },
  { id: id('Analyst'), parentId: id('Research') },
  { id: id('Tester'), parentId: id('Build') },
])

function lines(policy: ContactPolicy, ...moves: readonly [string, string | null][]): string[] {
  const asked = moves.map(([name, to]) => ({ workspaceId: id(name), toParentId: to === null ? null : id(to) }))
  return contactDiff({ chart, policy, moves: asked, nameOf }).flatMap(({ name, gains, loses }) => [
    ...gains.map((other) => `+ ${name} with ${other.name} (${other.relation})`),
    ...loses.map((other) => `- ${name} with ${other.name} (${other.relation})`),
  ])
}

describe('who gains and loses contact', () => {
  test('a workspace goes to another team', () => {
    expect(lines('direct', ['Reader', 'Build'])).toEqual([
      '+ Reader with Build (parent)',
      '+ Reader with Tester (sibling)',
      '- Reader with Research (parent)',
      '- Reader with Analyst (sibling)',
    ])
  })

  test('a team goes below its sibling: its members meet the new line above them only where lineage is the policy', () => {
    expect(lines('direct', ['Research', 'Build'])).toEqual([
      '+ Research with Tester (sibling)',
      '- Research with Lead (parent)',
    ])
    expect(lines('lineage', ['Research', 'Build'])).toEqual([
      '+ Research with Tester (sibling)',
      '+ Reader with Build (ancestor)',
      '+ Analyst with Build (ancestor)',
    ])
  })

  test('a team becomes a root', () => {
    expect(lines('lineage', ['Build', null])).toEqual([
      '- Build with Research (sibling)',
      '- Tester with Lead (ancestor)',
    ])
  })

  test('two that move together tell each pair once', () => {
    expect(lines('direct', ['Reader', 'Lead'], ['Tester', 'Lead'])).toEqual([
      '+ Reader with Lead (parent)',
      '+ Reader with Build (sibling)',
      '+ Reader with Tester (sibling)',
      '- Reader with Analyst (sibling)',
      '+ Tester with Lead (parent)',
      '+ Tester with Research (sibling)',
    ])
  })

  test('a move to where it is changes nothing', () => {
    expect(lines('lineage', ['Research', 'Lead'])).toEqual([])
  })
})

describe('for any chart and any moves', () => {
  const size = 14
  const anyChart = fc
    .tuple(
      ...Array.from({ length: size }, (_, child) => fc.option(fc.nat({ max: Math.max(child - 1, 0) }), { nil: null })),
    )
    .map((above) =>
      chartOf(
        above.map((parent, child) => ({
          id: idOf(child),
          parentId: parent === null || parent === child ? null : idOf(parent),
        })),
      ),
    )
  const anyMoves = fc.uniqueArray(
    fc.record({
      workspaceId: fc.nat({ max: size - 1 }).map(idOf),
      toParentId: fc.option(fc.nat({ max: size - 1 }).map(idOf), { nil: null }),
    }),
    { minLength: 1, maxLength: 4, selector: (move: Move) => move.workspaceId },
  )

  test('the difference is exactly that of all pairs, each told once', () => {
    fc.assert(
      fc.property(anyChart, anyMoves, fc.constantFrom('direct', 'lineage'), (before, asked, policy) => {
        const moves: Move[] = []
        let after = before
        for (const move of asked) {
          if (!canMove(after, move.workspaceId, move.toParentId).allowed) continue
          moves.push(move)
          after = chartWith(after, new Map([[move.workspaceId, move.toParentId]]))
        }
        const expected = new Set<string>()
        for (const a of before.ids) {
          for (const b of before.ids.filter((other) => a < other)) {
            const was = canCommunicate(a, b, before.parentOf, policy).allowed
            const is = canCommunicate(a, b, after.parentOf, policy).allowed
            if (was !== is) expected.add(`${is ? '+' : '-'} ${a} ${b}`)
          }
        }
        const told = contactDiff({ chart: before, policy, moves, nameOf: String }).flatMap((change) => [
          ...change.gains.map((other) => ['+', ...[change.workspaceId, other.workspaceId].sort()].join(' ')),
          ...change.loses.map((other) => ['-', ...[change.workspaceId, other.workspaceId].sort()].join(' ')),
        ])
        expect(told).toHaveLength(expected.size)
        expect(new Set(told)).toEqual(expected)
      }),
    )
  })
})
