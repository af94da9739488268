import { type Position, Workspace } from '#shared/workspaces/contract.ts'

type Sketch = { parent?: number; position?: Position; name?: string }

/** Workspaces of a chart that is sketched by the indices of their parents. */
export function makeWorkspaces(sketches: readonly Sketch[]): Workspace[] {
  return sketches.map(({ parent, position, name }, index) =>
    Workspace.parse({
      id: idOf(index),
      parentId: parent === undefined ? null : idOf(parent),
      name: name ?? `W${index}`,
      role: '',
      runtime: 'native',
      model: 'rehearsal',
      tier: 2,
      status: 'online',
      maxConcurrentTasks: 1,
      position: position ?? null,
      marks: [],
      isPausedHere: false,
      isFrozen: false,
      isFrozenHere: false,
      createdAt: '2031-05-04T10:00:00.000Z',
    }),
  )
}

export function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}
