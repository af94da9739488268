import { expect, test } from 'vitest'
import { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { createGraphView } from './graph-view.ts'
import { idOf } from './testing/make-workspaces.ts'

test('a view tells of each change, and the search is part of it', () => {
  const view = createGraphView()
  view.open(OrgId.parse(idOf(1)))
  const heard: string[] = []
  const stop = view.subscribe(() => heard.push(view.now().heat))
  view.change({ heat: 'spend', filter: 'waiting' })
  view.change({ collapsed: new Set([WorkspaceId.parse(idOf(2))]) })
  expect(heard).toEqual(['spend', 'spend'])
  expect(view.now()).toEqual({ heat: 'spend', filter: 'waiting', collapsed: new Set([idOf(2)]) })
  stop()
  view.open(OrgId.parse(idOf(3)))
  expect(view.now().filter).toBe('')
})
