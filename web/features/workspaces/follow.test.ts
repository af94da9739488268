import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { workspacesQuery } from './cache.ts'
import { followWorkspaces, readChartAgain } from './follow.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const orgId = OrgId.parse(uuid(1))
const { queryKey } = workspacesQuery(orgId)
const deleted = (seq: number) =>
  OrgEvent.parse({
    ...{ id: uuid(500), orgId, seq, version: 1, at: '2031-05-04T10:00:00.000Z' },
    ...{ actor: { kind: 'system', id: 'test' }, chain: { id: uuid(500), depth: 0 } },
    type: 'workspace.deleted',
    payload: { workspaceId: WorkspaceId.parse(uuid(10)), name: 'Writer', parentId: null },
  })

afterEach(() => {
  queryClient.clear()
  vi.unstubAllGlobals()
})

test('an answer older than what was heard meanwhile does not take it back', async () => {
  let asked = 0
  vi.stubGlobal('fetch', async () => {
    asked++
    if (asked === 1) throw new TypeError('the wire is cut')
    return Response.json([{ result: { data: { seq: 3, workspaces: [] } } }])
  })
  queryClient.setQueryData(queryKey, { seq: 4, workspaces: [] })
  const stop = new QueryObserver(queryClient, workspacesQuery(orgId)).subscribe(() => undefined)
  followWorkspaces(deleted(5))
  await readChartAgain(orgId)
  stop()
  expect(asked).toBe(2)
  expect(queryClient.getQueryData(queryKey)).toEqual({ seq: 5, workspaces: [] })
})
