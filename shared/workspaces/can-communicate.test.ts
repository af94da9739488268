import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { ancestorsOf, canCommunicate, explainContact, maxAncestorWalk, type ParentOf } from './can-communicate.ts'
import { chartOf } from './chart.ts'

const idOf = (index: number) => WorkspaceId.parse(`00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`)

/** Two roots; three levels below the first. */
const parents = {
  lead: null,
  sales: null,
  research: 'lead',
  build: 'lead',
  reader: 'research',
  analyst: 'research',
  tester: 'build',
} as const
type Name = keyof typeof parents
const names = ['lead', 'sales', 'research', 'build', 'reader', 'analyst', 'tester'] as const satisfies Name[]
const id = (name: Name) => idOf(names.indexOf(name) + 1)
const parentOf: ParentOf = chartOf(
  names.map((name) => {
    const parent = parents[name]
    return { id: id(name), parentId: parent && id(parent) }
  }),
).parentOf

/** Row talks to column. `=` self, `s` sibling, `p` parent, `c` child, `a` ancestor, `d` descendant, `.` refused. */
const matrix = {
  direct: `
    = s c c . . .
    s = . . . . .
    p . = s c c .
    p . s = . . c
    . . p . = s .
    . . p . s = .
    . . . p . . =`,
  lineage: `
    = s c c d d d
    s = . . . . .
    p . = s c c .
    p . s = . . c
    a . p . = s .
    a . p . s = .
    a . . p . . =`,
}
const signs = { self: '=', sibling: 's', parent: 'p', child: 'c', ancestor: 'a', descendant: 'd' }

describe('who may talk to whom in three levels', () => {
  test.each(['direct', 'lineage'] as const)('%s: every pair', (policy) => {
    const drawn = names.map((from) =>
      names.map((to) => {
        const contact = canCommunicate(id(from), id(to), parentOf, policy)
        return contact.allowed ? signs[contact.relation] : '.'
      }),
    )
    const expected = matrix[policy].trim().split('\n')
    expect(drawn.map((row) => row.join(' '))).toEqual(expected.map((row) => row.trim()))
  })

  test('a refusal has its reason', () => {
    const reason = (from: Name, to: Name) => canCommunicate(id(from), id(to), parentOf, 'direct')
    expect(reason('lead', 'tester')).toEqual({ allowed: false, reason: 'policy-is-direct' })
    expect(reason('reader', 'tester')).toEqual({ allowed: false, reason: 'not-related' })
    expect(explainContact(reason('lead', 'tester'), 'Lead', 'Tester')).toMatch(/^Lead cannot talk to Tester:/)
  })

  test.each(['direct', 'lineage'] as const)(
    '%s: a workspace of another org is refused both ways, as is one that never was',
    (policy) => {
      const elsewhere = idOf(99)
      const refused = { allowed: false, reason: 'unknown-workspace' }
      for (const name of names) {
        expect(canCommunicate(id(name), elsewhere, parentOf, policy)).toEqual(refused)
        expect(canCommunicate(elsewhere, id(name), parentOf, policy)).toEqual(refused)
      }
      expect(canCommunicate(elsewhere, elsewhere, parentOf, policy)).toEqual(refused)
    },
  )
})

describe('a corrupt chart denies', () => {
  const of = (entries: readonly (readonly [number, number | null])[]): ParentOf => {
    const map = new Map(entries.map(([child, parent]) => [idOf(child), parent === null ? null : idOf(parent)]))
    return (asked) => map.get(asked)
  }
  const corrupt = { allowed: false, reason: 'corrupt-chart' }

  test.each(['direct', 'lineage'] as const)('%s: circles, also of siblings, parents and children in them', (policy) => {
    const circle = of([
      [1, 3],
      [2, 1],
      [3, 2],
      [4, 1],
      [5, null],
    ])
    for (const [from, to] of [
      [1, 2],
      [2, 1],
      [4, 1],
      [4, 2],
      [5, 4],
      [4, 5],
    ] as const) {
      expect(canCommunicate(idOf(from), idOf(to), circle, policy)).toEqual(corrupt)
    }
    expect(canCommunicate(idOf(4), idOf(4), circle, policy)).toEqual({ allowed: true, relation: 'self' })
  })

  test('a parent that is not there', () => {
    const torn = of([
      [1, 9],
      [2, 9],
    ])
    expect(canCommunicate(idOf(1), idOf(2), torn, 'direct')).toEqual(corrupt)
  })

  test('a walk over the cap', () => {
    const chain = of(Array.from({ length: 40 }, (_, level) => [level, level === 0 ? null : level - 1] as const))
    const root = idOf(0)
    const contact = (level: number) => canCommunicate(idOf(level), root, chain, 'lineage')
    expect(contact(maxAncestorWalk)).toEqual({ allowed: true, relation: 'ancestor' })
    expect(contact(maxAncestorWalk + 1)).toEqual(corrupt)
    expect(ancestorsOf(idOf(39), chain)).toBe('corrupt')
  })
})

describe('in any chart, whole or corrupt', () => {
  const size = 12
  const anyChart = fc
    .array(fc.option(fc.integer({ min: 0, max: size }), { nil: null }), { minLength: size, maxLength: size })
    .map((above): ParentOf => {
      const map = new Map(above.map((parent, child) => [idOf(child), parent === null ? null : idOf(parent)]))
      return (asked) => map.get(asked)
    })
  const anyone = fc.integer({ min: 0, max: size }).map(idOf)
  const mirror = {
    self: 'self',
    sibling: 'sibling',
    parent: 'child',
    child: 'parent',
    ancestor: 'descendant',
    descendant: 'ancestor',
  }

  test('contact is mutual, and so is its reason', () => {
    fc.assert(
      fc.property(anyChart, anyone, anyone, fc.constantFrom('direct', 'lineage'), (chart, from, to, policy) => {
        const there = canCommunicate(from, to, chart, policy)
        const back = canCommunicate(to, from, chart, policy)
        if (there.allowed) expect(back).toEqual({ allowed: true, relation: mirror[there.relation] })
        if (!there.allowed) expect(back).toEqual(there)
      }),
    )
  })

  test('lineage allows whatever direct allows', () => {
    fc.assert(
      fc.property(anyChart, anyone, anyone, (chart, from, to) => {
        const direct = canCommunicate(from, to, chart, 'direct')
        if (direct.allowed) expect(canCommunicate(from, to, chart, 'lineage')).toEqual(direct)
      }),
    )
  })
})
