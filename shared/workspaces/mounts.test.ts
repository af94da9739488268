import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { chartOf } from './chart.ts'
import { WorkspaceConfig } from './config.ts'
import { inMount, isGranted, mountsOf } from './mounts.ts'

const id = (last: number) => WorkspaceId.parse(`01890000-0000-7000-8000-00000000000${last}`)
const [lead, left, right, far, twin] = [id(1), id(2), id(3), id(4), id(5)]
const workspaces = [
  { id: lead, name: 'Lead', parentId: null },
  { id: left, name: 'Left', parentId: lead },
  { id: right, name: 'Web Research', parentId: lead },
  { id: far, name: 'Far', parentId: right },
  { id: twin, name: 'Web Research', parentId: far },
]
const { parentOf } = chartOf(workspaces)
const known = { self: { id: left, name: 'Left' }, workspaces, parentOf, policy: 'direct' as const }

test('a grant opens what is in reach, under a name made of the other one, to read', () => {
  expect(mountsOf([{ workspace: 'web research' }], known)).toEqual([
    {
      ...{ mount: 'web-research', asked: 'web research', mode: 'read_only', paths: null },
      ...{ isOpen: true, workspaceId: right, name: 'Web Research' },
    },
  ])
})

test('what cannot be reached stays closed, with the reason', () => {
  const asked = ['Far', 'Nobody', 'Left', 'Lead'].map((workspace) => ({ workspace, mount: 'x' }))
  const closed = asked.flatMap((grant) => mountsOf([grant], known))
  expect(closed.map((one) => (one.isOpen ? one.name : one.why))).toEqual([
    expect.stringContaining('Far'),
    'there is no workspace Nobody',
    'it is this workspace itself',
    'Lead',
  ])
  const second = mountsOf(
    [
      { workspace: 'Lead', mount: 'x' },
      { workspace: 'Web Research', mount: 'x' },
    ],
    known,
  )[1]
  expect(second).toMatchObject({ isOpen: false, why: 'another one lies under mounts/x already' })
})

test('only granted paths are granted; prompt and config must be named in full', () => {
  expect(isGranted({ paths: null }, 'notes/a.md')).toBe(true)
  expect(isGranted({ paths: null }, 'config.yaml')).toBe(false)
  expect(isGranted({ paths: ['*'] }, 'system-prompt.md')).toBe(false)
  expect(isGranted({ paths: ['system-prompt.md'] }, 'system-prompt.md')).toBe(true)
  expect(isGranted({ paths: ['reports/*'] }, 'notes/a.md')).toBe(false)
})

test('a path under a mount is taken apart; others are its own', () => {
  expect(inMount('mounts/x/notes/a.md')).toEqual({ mount: 'x', path: 'notes/a.md' })
  expect(inMount('mounts/x')).toEqual({ mount: 'x', path: '' })
  expect(inMount('notes/mounts/x')).toBeUndefined()
})

test('a config says it by a list; the words for a folder of the host want that folder named', () => {
  const issue = (config: object) => WorkspaceConfig.safeParse(config).error?.issues[0]?.message
  expect(issue({ workspace_access: [{ workspace: 'Lead', paths: ['a/*'], mode: 'read_write' }] })).toBeUndefined()
  expect(issue({ workspace_access: 'none' })).toBeUndefined()
  expect(issue({ workspace_access: 'read_only' })).toContain('workspace_dir')
  expect(issue({ workspace_access: 'read_only', workspace_dir: '/repo' })).toBeUndefined()
  expect(issue({ workspace_access: [{ workspace: 'Lead', mount: '../x' }] })).toContain('Use a-z')
})
