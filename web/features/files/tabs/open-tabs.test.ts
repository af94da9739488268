import { describe, expect, test } from 'vitest'
import { changeTabs, openFirst, parseTabs, type TabsAction } from './open-tabs.ts'

function opensAfter(...actions: TabsAction[]) {
  return actions.reduce(changeTabs, openFirst('a'))
}

const opened = (path: string): TabsAction => ({ type: 'opened', path })

describe('tabs of the editor', () => {
  test('a file opens once and comes to the front', () => {
    expect(opensAfter(opened('b'), opened('a')).groups).toEqual([{ tabs: ['a', 'b'], active: 'a' }])
  })

  test('a closed one leaves its place to its neighbour', () => {
    const three = [opened('b'), opened('c'), opened('b')]
    expect(opensAfter(...three, { type: 'closed', group: 0, path: 'b' }).groups).toEqual([
      { tabs: ['a', 'c'], active: 'c' },
    ])
    expect(opensAfter(opened('b'), { type: 'closed', group: 0, path: 'b' }).groups).toEqual([
      { tabs: ['a'], active: 'a' },
    ])
    expect(opensAfter({ type: 'closed', group: 0, path: 'a' }).groups).toEqual([{ tabs: [], active: null }])
  })

  test('closing one in the background changes nothing in front', () => {
    expect(opensAfter(opened('b'), { type: 'closed', group: 0, path: 'a' }).groups).toEqual([
      { tabs: ['b'], active: 'b' },
    ])
  })

  test('two side by side, and one again when the last of a side is closed', () => {
    const split = opensAfter(opened('b'), { type: 'split', path: 'b' }, opened('c'))
    expect(split).toEqual({
      groups: [
        { tabs: ['a', 'b'], active: 'b' },
        { tabs: ['b', 'c'], active: 'c' },
      ],
      focus: 1,
    })
    const left = [
      { type: 'closed' as const, group: 1, path: 'b' },
      { type: 'closed' as const, group: 1, path: 'c' },
    ].reduce(changeTabs, split)
    expect(left).toEqual({ groups: [{ tabs: ['a', 'b'], active: 'b' }], focus: 0 })
  })

  test('can be put in another order, and not out of the row', () => {
    const moved = (by: number) =>
      opensAfter(opened('b'), opened('c'), { type: 'moved', group: 0, path: 'b', by }).groups[0]?.tabs
    expect(moved(1)).toEqual(['a', 'c', 'b'])
    expect(moved(-5)).toEqual(['b', 'a', 'c'])
  })

  test('follow a renamed file, and go with a deleted one', () => {
    const split = opensAfter(opened('b'), { type: 'split', path: 'b' })
    expect(changeTabs(split, { type: 'renamed', from: 'b', to: 'n/b' }).groups.map(({ active }) => active)).toEqual([
      ...['n/b', 'n/b'],
    ])
    expect(changeTabs(split, { type: 'gone', paths: ['b'] })).toEqual({
      groups: [{ tabs: ['a'], active: 'a' }],
      focus: 0,
    })
    expect(changeTabs(split, { type: 'gone', paths: ['x'] })).toBe(split)
  })

  test('are remembered, and what was broken meanwhile is forgotten', () => {
    const split = opensAfter(opened('b'), { type: 'split', path: 'b' })
    expect(parseTabs(JSON.parse(JSON.stringify(split)))).toEqual(split)
    for (const broken of [null, 5, {}, { groups: [] }, { groups: 'x' }]) expect(parseTabs(broken)).toBeUndefined()
    expect(parseTabs({ groups: [{ tabs: ['a', 5], active: 'gone' }], focus: 7 })).toEqual(openFirst('a'))
  })
})
