import { describe, expect, test } from 'vitest'
import { foldersAbove, moveInTree, treeRows } from './file-tree.ts'

const paths = [
  'config.yaml',
  'notes/b.md',
  'notes/a.md',
  'notes/old/x.md',
  'skills/r/SKILL.md',
  'file10.md',
  'file2.md',
]
const shown = (open: string[]) =>
  treeRows(paths, new Set(open)).map(({ path, depth }) => `${'  '.repeat(depth)}${path}`)

describe('the tree of files', () => {
  test('shows closed folders first, and numbers in their order', () => {
    expect(shown([])).toEqual(['notes', 'skills', 'config.yaml', 'file2.md', 'file10.md'])
  })

  test('shows what is in an open folder, and nothing of a closed one inside it', () => {
    expect(shown(['notes'])).toEqual([
      ...['notes', '  notes/old', '  notes/a.md', '  notes/b.md'],
      ...['skills', 'config.yaml', 'file2.md', 'file10.md'],
    ])
    expect(shown(['notes/old'])).not.toContain('    notes/old/x.md')
  })

  test('counts the files below a folder', () => {
    expect(treeRows(paths, new Set())[0]).toMatchObject({ name: 'notes', count: 3 })
  })
})

test.each([
  ['notes', 'ArrowRight', [], { open: 'notes' }],
  ['notes', 'ArrowRight', ['notes'], { focus: 'notes/old' }],
  ['notes', 'ArrowLeft', ['notes'], { close: 'notes' }],
  ['notes/a.md', 'ArrowLeft', ['notes'], { focus: 'notes' }],
  ['config.yaml', 'ArrowLeft', [], undefined],
  ['config.yaml', 'ArrowUp', [], { focus: 'skills' }],
  ['notes', 'ArrowUp', [], undefined],
  ['notes', 'End', [], { focus: 'file10.md' }],
  ['config.yaml', 'ArrowRight', [], undefined],
])('at %s, %s with %j open: %j', (at, key, open, move) => {
  expect(moveInTree(treeRows(paths, new Set(open)), at, key)).toEqual(move)
})

test('the folders above a path', () => {
  expect(foldersAbove('a/b/c.md')).toEqual(['a', 'a/b'])
  expect(foldersAbove('c.md')).toEqual([])
})
