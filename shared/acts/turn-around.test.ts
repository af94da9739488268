import { expect, test } from 'vitest'
import { FileId, WorkspaceId } from '../kernel/ids.ts'
import type { Change } from './contract.ts'
import { turnAround } from './turn-around.ts'

const [lead, scout] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'].map((id) =>
  WorkspaceId.parse(id),
)

test('what takes changes back starts with the last and leads from where it led to where it came from', () => {
  if (!lead || !scout) throw new Error('two ids were given')
  const fileId = FileId.parse('00000000-0000-7000-8000-000000000003')
  const here = { parentId: null, position: null }
  const there = { parentId: lead, position: { x: 1, y: 2 } }
  const changes: Change[] = [
    { kind: 'life', workspaceIds: [scout], from: 'gone', to: 'there' },
    { kind: 'seat', moves: [{ workspaceId: scout, from: here, to: there }] },
    { kind: 'place', placements: [{ workspaceId: lead, from: null, to: { x: 3, y: 4 } }] },
    { kind: 'name', workspaceId: lead, from: 'Lead', to: 'Chief' },
    { kind: 'mark', mark: 'paused', workspaceIds: [lead], from: false, to: true },
    { kind: 'file', workspaceId: lead, path: 'config.yaml', from: 1, to: 2 },
    { kind: 'path', workspaceId: lead, fileId, from: 'a.md', to: 'b.md' },
  ]
  expect(turnAround(changes)).toEqual([
    { kind: 'path', workspaceId: lead, fileId, from: 'b.md', to: 'a.md' },
    { kind: 'file', workspaceId: lead, path: 'config.yaml', from: 2, to: 1 },
    { kind: 'mark', mark: 'paused', workspaceIds: [lead], from: true, to: false },
    { kind: 'name', workspaceId: lead, from: 'Chief', to: 'Lead' },
    { kind: 'place', placements: [{ workspaceId: lead, from: { x: 3, y: 4 }, to: null }] },
    { kind: 'seat', moves: [{ workspaceId: scout, from: there, to: here }] },
    { kind: 'life', workspaceIds: [scout], from: 'there', to: 'gone' },
  ])
  expect(turnAround(turnAround(changes))).toEqual(changes)
})
