import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { type Known, resolveCategory } from './resolve-category.ts'

const id = (last: number) => WorkspaceId.parse(`01890000-0000-7000-8000-00000000000${last}`)
const workspaces = [
  { id: id(1), name: 'Guard', role: 'Security' },
  { id: id(2), name: 'Watch', role: 'Security' },
]
const owners = { kind: 'people', lowest: 'owner' } as const
const known: Known = { own: {}, routes: [{ category: 'security', to: owners }], workspaces }

test('word goes where the organisation says; general to everybody', () => {
  expect(resolveCategory('Security', known)).toEqual({ kind: 'to', targets: [owners], unknown: [] })
  const everybody = { kind: 'people', lowest: 'viewer' }
  expect(resolveCategory('general', known)).toEqual({ kind: 'to', targets: [everybody], unknown: [] })
})

test("what a workspace's config says of a category replaces it whole, by people's roles and workspaces' names or roles", () => {
  const own = { security: ['security', 'admin', 'Nobody'] }
  expect(resolveCategory('security', { ...known, own })).toEqual({
    kind: 'to',
    targets: [
      { kind: 'workspace', workspaceId: id(1) },
      { kind: 'workspace', workspaceId: id(2) },
      { kind: 'people', lowest: 'admin' },
    ],
    unknown: ['Nobody'],
  })
})

test('a category nobody knows, or that the config drops, is told with those that are known', () => {
  expect(resolveCategory('costs', known)).toEqual({ kind: 'unknown', known: ['general', 'security'] })
  const own = { security: [], docs: ['Guard'] }
  expect(resolveCategory('security', { ...known, own })).toEqual({ kind: 'unknown', known: ['docs', 'general'] })
})
