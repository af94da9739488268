import { expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { fileLines, workLines, workspaceLines } from './place-lines.ts'

const [leadId, analystId] = [1, 2].map((last) => WorkspaceId.parse(`0197a000-0000-7000-8000-00000000000${last}`))
if (!leadId || !analystId) throw new Error('no ids')
const workspace = (id: WorkspaceId, name: string, role: string) => ({
  ...{
    id,
    name,
    role,
    parentId: null,
    position: null,
    createdAt: '2030-01-01T00:00:00.000Z',
    status: 'online' as const,
  },
  ...{ isPausedHere: false, isFrozenHere: false, isFrozen: false, runtime: 'native', model: 'rehearsal', tier: 2 },
  ...{ maxConcurrentTasks: 1, marks: [] },
})
const workspaces = [workspace(leadId, 'Lead', 'Hands out'), workspace(analystId, 'Analyst', 'Counts')]
const nothing = () => undefined

test('a workspace is found by any words of its name and role', () => {
  const found = (query: string) => workspaceLines(workspaces, query, nothing).map(({ title }) => title)
  expect(found('')).toEqual(['Lead', 'Analyst'])
  expect(found('counts ana')).toEqual(['Analyst'])
  expect(found('nobody')).toEqual([])
})

test('the prompt of any workspace is found, further files only of the selected one', () => {
  const files = { workspaces, selectedId: analystId, paths: ['system-prompt.md', 'notes/prices.md'] }
  const found = (query: string) => fileLines(files, query, nothing).map(({ id }) => id)
  expect(found('')).toEqual([])
  expect(found('lead prompt')).toEqual([`${leadId}/system-prompt.md`])
  expect(found('prices')).toEqual([`${analystId}/notes/prices.md`])
  expect(found('analyst prompt')).toEqual([`${analystId}/system-prompt.md`])
})

test('a file opens where it is edited', () => {
  const opened: unknown[] = []
  const files = { workspaces, selectedId: analystId, paths: ['notes.md'] }
  const open = (...all: unknown[]) => void opened.push(all)
  for (const query of ['lead config', 'notes']) for (const line of fileLines(files, query, open)) line.run()
  expect(opened).toEqual([
    [leadId, 'config', 'config.yaml'],
    [analystId, 'files', 'notes.md'],
  ])
})

test('open work is found by its task; what is over is not', () => {
  const work = (last: string, task: string, state: 'running' | 'completed') => ({
    ...{ id: DelegationId.parse(`0197a000-0000-7000-8000-0000000000${last}`), workspaceId: analystId, task, state },
  })
  const all = [work('11', 'Compare three vendors\nin full', 'running'), work('12', 'Compare two', 'completed')]
  const names = new Map([[String(analystId), 'Analyst']])
  expect(workLines(all, names, 'compare', nothing).map(({ title, hint }) => [title, hint])).toEqual([
    ['Compare three vendors', 'Analyst, running'],
  ])
})
