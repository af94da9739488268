import { describe, expect, it } from 'vitest'
import { emptyProjection, mergeNodes, project } from './project.ts'
import { collapseTeams } from './teams/collapse.ts'
import { idOf, makeWorkspaces } from './testing/make-workspaces.ts'

const workspaces = makeWorkspaces([{}, { parent: 0 }, { parent: 0 }])
const projected = (all: typeof workspaces, last = emptyProjection) => project(collapseTeams(all, new Set()), last)

describe('the projection of workspaces', () => {
  it('joins each workspace with its parent', () => {
    const { nodes, edges } = projected(workspaces)
    expect(nodes.map(({ id }) => id)).toEqual([idOf(0), idOf(1), idOf(2)])
    expect(edges).toEqual([
      { from: idOf(0), to: idOf(1) },
      { from: idOf(0), to: idOf(2) },
    ])
  })

  it('is the same object while nothing changed', () => {
    const before = projected(workspaces)
    const after = projected([...workspaces], before)
    expect(after.nodes).toBe(before.nodes)
    expect(after.edges).toBe(before.edges)
  })

  it('makes only the node anew whose workspace changed', () => {
    const before = projected(workspaces)
    const renamed = workspaces.map((one, index) => (index === 1 ? { ...one, name: 'Researcher' } : one))
    const after = projected(renamed, before)
    expect(after.nodes[1]).not.toBe(before.nodes[1])
    expect(after.nodes[0]).toBe(before.nodes[0])
    expect(after.nodes[2]).toBe(before.nodes[2])
    expect(after.edges).toBe(before.edges)
  })

  it('makes one node of a collapsed team, and the same ones again when it is opened', () => {
    const before = projected(workspaces)
    const [head] = workspaces
    const collapsed = project(collapseTeams(workspaces, new Set(head ? [head.id] : [])), before)
    expect(collapsed.nodes.map(({ data }) => [data.teamSize, data.isCollapsed])).toEqual([[2, true]])
    expect(collapsed.edges).toEqual([])
    expect(projected(workspaces, collapsed).nodes).toHaveLength(3)
  })

  it('takes a workspace whose parent is gone for a root', () => {
    expect(projected(workspaces.slice(1)).edges).toEqual([])
  })
})

describe('the nodes on the canvas', () => {
  it('keep their selection and the place at which they are held', () => {
    const { nodes } = projected(workspaces)
    const shown = nodes.map((node, index) =>
      index === 1 ? { ...node, selected: true, position: { x: 7, y: 7 } } : node,
    )
    const held = mergeNodes(shown, nodes, new Set([idOf(1)]))
    expect(held).toBe(shown)
    const released = mergeNodes(shown, nodes, new Set())
    expect(released[1]).toMatchObject({ selected: true, position: nodes[1]?.position })
    expect(released[0]).toBe(nodes[0])
  })
})
