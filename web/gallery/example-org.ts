import type { ActiveDelegation } from '#shared/delegations/contract.ts'
import { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { Workspace } from '#shared/workspaces/contract.ts'

export const orgId = OrgId.parse(idOf(900))

const at = new Date(Date.now() - 65_000).toISOString()

type Sketch = {
  name: string
  /** What its latest work is doing; without one it is idle. */
  work?: Pick<ActiveDelegation, 'state' | 'waitingFor'>
  given?: Partial<Pick<Workspace, 'status' | 'isPausedHere' | 'isFrozen' | 'isFrozenHere' | 'role' | 'model'>>
}

/** One workspace in each state a card can show; all report to the first. */
const sketches: readonly Sketch[] = [
  { name: 'Waits for its reports', work: { state: 'waiting', waitingFor: 'child' } },
  { name: 'Idle' },
  { name: 'Queued', work: { state: 'queued', waitingFor: null } },
  { name: 'Working', work: { state: 'running', waitingFor: null } },
  { name: 'Waits for a yes', work: { state: 'waiting', waitingFor: 'approval' } },
  { name: 'Waits for an answer', work: { state: 'waiting', waitingFor: 'input' } },
  { name: 'Stopped by its budget', work: { state: 'waiting', waitingFor: 'budget' } },
  { name: 'Tries again', work: { state: 'waiting', waitingFor: 'retry' } },
  { name: 'Lost', work: { state: 'lost', waitingFor: null } },
  { name: 'Paused', given: { status: 'paused', isPausedHere: true } },
  { name: 'Frozen', given: { isFrozen: true, isFrozenHere: true } },
  {
    name: 'A name so long that no card in the world could ever hold all of it in one line',
    given: {
      role: 'A role that goes on and on, as roles do when several people write them',
      model: 'openrouter:long-model-name',
    },
  },
]

export const workspaces = sketches.map(({ name, given }, index) =>
  Workspace.parse({
    ...{ id: idOf(index), parentId: index === 0 ? null : idOf(0), name, role: 'Shows one state.', runtime: 'native' },
    ...{ model: 'rehearsal', tier: 2, status: 'online', maxConcurrentTasks: 1, position: null, marks: [] },
    ...{ isPausedHere: false, isFrozen: false, isFrozenHere: false, createdAt: at },
    ...given,
  }),
)

export const delegations = sketches.flatMap(({ work }, index): ActiveDelegation[] => {
  const workspace = workspaces[index]
  const lead = workspaces[0]
  if (!work || !workspace || !lead) return []
  return [
    {
      id: DelegationId.parse(idOf(500 + index)),
      parentId: index === 0 ? null : DelegationId.parse(idOf(500)),
      workspaceId: workspace.id,
      fromWorkspaceId: index === 0 ? null : lead.id,
      since: at,
      ...work,
    },
  ]
})

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}
