import { describe, expect, it } from 'vitest'
import { emptyProjection, mergeNodes, project } from './project.ts'
import { idOf, makeWorkspaces } from './testing/make-workspaces.ts'

const workspaces = makeWorkspaces([{}, { parent: 0 }, { parent: 0 }])

describe('the projection of workspaces', () => {
  it('joins each workspace with its parent', () => {
    const { nodes, edges } = project(workspaces, emptyProjection)
    expect(nodes.map(({ id }) => id)).toEqual([idOf(0), idOf(1), idOf(2)])
    expect(edges).toEqual([
      { from: idOf(0), to: idOf(1) },
      { from: idOf(0), to: idOf(2) },
    ])
  })

  it('is the same object while nothing changed', () => {
    const before = project(workspaces, emptyProjection)
    const after = project([...workspaces], before)
    expect(after.nodes).toBe(before.nodes)
    expect(after.edges).toBe(before.edges)
  })

  it('makes only the node anew whose workspace changed', () => {
    const before = project(workspaces, emptyProjection)
    const renamed = workspaces.map((one, index) => (index === 1 ? { ...one, name: 'Researcher' } : one))
    const after = project(renamed, before)
    expect(after.nodes[1]).not.toBe(before.nodes[1])
    expect(after.nodes[0]).toBe(before.nodes[0])
    expect(after.nodes[2]).toBe(before.nodes[2])
    expect(after.edges).toBe(before.edges)
  })

  it('takes a workspace whose parent is gone for a root', () => {
    expect(project(workspaces.slice(1), emptyProjection).edges).toEqual([])
  })
})

describe('the nodes on the canvas', () => {
  it('keep their selection and the place at which they are held', () => {
    const { nodes } = project(workspaces, emptyProjection)
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
