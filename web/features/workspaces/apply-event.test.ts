import { describe, expect, it } from 'vitest'
import { OrgEvent, type OrgFact } from '#shared/org-event.ts'
import { WorkspaceList } from '#shared/workspaces/contract.ts'
import { applyWorkspaceEvent } from './apply-event.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const workspace = (last: number, parent: number | null) => ({
  id: uuid(last),
  parentId: parent === null ? null : uuid(parent),
  name: `W${last}`,
  role: '',
  runtime: 'native',
  model: 'rehearsal',
  tier: 2,
  status: 'online',
  maxConcurrentTasks: 1,
  position: null,
  marks: [],
  isPausedHere: false,
  isFrozen: false,
  isFrozenHere: false,
  createdAt: '2031-05-04T10:00:00.000Z',
})
const list = WorkspaceList.parse({ seq: 5, workspaces: [workspace(1, null), workspace(2, 1), workspace(3, 1)] })
const [first, second, third] = list.workspaces.map(({ id }) => id)

function event(seq: number, fact: unknown): OrgEvent {
  return OrgEvent.parse({
    id: uuid(90),
    orgId: uuid(91),
    seq,
    version: 1,
    at: '2031-05-04T10:00:00.000Z',
    actor: { kind: 'system', id: 'test' },
    chain: { id: uuid(92), depth: 0 },
    ...(typeof fact === 'object' ? fact : {}),
  })
}
const renamed = { type: 'workspace.renamed', payload: { workspaceId: second, name: 'Researcher' } }

describe('the list of workspaces', () => {
  it('changes one and leaves the others the same objects', () => {
    const followed = applyWorkspaceEvent(list, event(6, renamed))
    expect(followed.list.seq).toBe(6)
    expect(followed.list.workspaces[1]?.name).toBe('Researcher')
    expect(followed.list.workspaces[0]).toBe(list.workspaces[0])
  })

  it('ignores an event it is already true at', () => {
    expect(applyWorkspaceEvent(list, event(5, renamed)).list).toBe(list)
  })

  it('moves and places', () => {
    const payload = { workspaceId: third, fromParentId: first, toParentId: second, position: { x: 1, y: 2 } }
    const moved = applyWorkspaceEvent(list, event(6, { type: 'workspace.moved', payload })).list
    expect(moved.workspaces[2]).toMatchObject({ parentId: second, position: { x: 1, y: 2 } })
    const positions = [{ workspaceId: third, position: null }]
    const placed = applyWorkspaceEvent(moved, event(7, { type: 'workspace.placed', payload: { positions } })).list
    expect(placed.workspaces[2]?.position).toBeNull()
    expect(placed.workspaces[1]).toBe(moved.workspaces[1])
  })

  it('never brings a deleted one back through a late event', () => {
    const gone = applyWorkspaceEvent(
      list,
      event(6, { type: 'workspace.deleted', payload: { workspaceId: second } }),
    ).list
    const late = applyWorkspaceEvent(gone, event(7, renamed)).list
    expect(late.workspaces.map(({ id }) => id)).toEqual([first, third])
  })

  it.each<[OrgFact['type'], unknown, boolean]>([
    ['workspace.created', { workspaceId: uuid(9), parentId: null, name: 'X', position: null }, true],
    ['workspace.restored', { workspaceId: uuid(9) }, true],
    ['file.saved', { workspaceId: uuid(2), fileId: uuid(8), path: 'config.yaml', version: 2 }, true],
    ['file.saved', { workspaceId: uuid(2), fileId: uuid(8), path: 'notes.md', version: 2 }, false],
  ])('knows whether %s tells all there is to know', (type, payload, isIncomplete) => {
    expect(applyWorkspaceEvent(list, event(6, { type, payload })).isIncomplete).toBe(isIncomplete)
  })
})
