import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FileId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { type Held, listenForText } from '../drafts/index.ts'
import { followRename } from './cache.ts'
import { listenForRenames, type Rename } from './renames.ts'
import { openFirst } from './tabs/open-tabs.ts'
import { keepTabs, readTabs } from './tabs/stored-tabs.ts'
import { markUnsaved, unsavedTexts } from './unsaved.ts'

const workspace = {
  orgId: OrgId.parse('00000000-0000-4000-8000-000000000001'),
  workspaceId: WorkspaceId.parse('00000000-0000-4000-8000-000000000002'),
}
const { workspaceId } = workspace
const ends: (() => void)[] = []

beforeEach(() => {
  const entries = new Map<string, string>()
  const localStorage = {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
  }
  vi.stubGlobal('window', { localStorage })
})

afterEach(() => {
  for (const end of ends.splice(0)) end()
  for (const path of Object.keys(unsavedTexts(workspaceId))) markUnsaved(workspaceId, path, null)
  queryClient.clear()
  vi.unstubAllGlobals()
})

/** The text at a.md, open in this page. */
function openText(held: Held | undefined): void {
  const nothing = () => {}
  const at = ({ path }: { path: string }) => (path === 'a.md' ? held : undefined)
  ends.push(listenForText({ hearDraft: nothing, hearSaved: nothing, hearLive: nothing, held: at }))
}

function showTabs(): Rename[] {
  const heard: Rename[] = []
  ends.push(listenForRenames(workspaceId, (rename) => heard.push(rename)))
  return heard
}

test('a tab goes along with its file, and what was typed in it leaves no trace at the old path', () => {
  const heard = showTabs()
  openText(undefined)
  markUnsaved(workspaceId, 'a.md', () => 'typed, and on the server')
  queryClient.setQueryData(trpc.files.list.queryKey(workspace), [fileAt('a.md'), fileAt('c.md')])
  followRename(workspace, 'a.md', 'b.md')
  expect(heard).toEqual([{ from: 'a.md', to: 'b.md', stays: false }])
  expect(unsavedTexts(workspaceId)).toEqual({ 'b.md': 'typed, and on the server' })
  const listed = queryClient.getQueryData(trpc.files.list.queryKey(workspace))
  expect(listed?.map(({ path }) => path)).toEqual(['b.md', 'c.md'])
})

test.each(['unsaved', 'unsent'] as const)('a tab on the screen stays while its text is %s', (held) => {
  const heard = showTabs()
  openText(held)
  markUnsaved(workspaceId, 'a.md', () => 'typed')
  followRename(workspace, 'a.md', 'b.md')
  expect(heard).toEqual([{ from: 'a.md', to: 'b.md', stays: true }])
  expect(unsavedTexts(workspaceId)).toEqual({ 'a.md': 'typed' })
})

test.each([
  { held: undefined, path: 'b.md' },
  { held: 'unsaved' as const, path: 'b.md' },
  { held: 'unsent' as const, path: 'a.md' },
])('a remembered tab with $held words is found at $path', ({ held, path }) => {
  openText(held)
  keepTabs(workspaceId, openFirst('a.md'))
  followRename(workspace, 'a.md', 'b.md')
  expect(readTabs(workspaceId, 'prompt.md')).toEqual(openFirst(path))
})

test('where no tabs are remembered none are made up', () => {
  followRename(workspace, 'a.md', 'b.md')
  expect(readTabs(workspaceId, 'prompt.md')).toEqual(openFirst('prompt.md'))
})

function fileAt(path: string) {
  const id = FileId.parse(crypto.randomUUID())
  return { id, path, version: 1, bytes: 1, savedAt: '2031-05-04T10:00:00.000Z', savedBy: 'Ada' }
}
