import type { OrgId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { liveStore } from '../../features/delegations/index.ts'
import { forgetRenders } from './count-renders.ts'
import { idOf } from './make-workspaces.ts'

/** Four changes each ten milliseconds: 400 status changes a second. */
export const changesPerTick = 4
export const tickMs = 10

/** Delegations of random workspaces that start, wait, go on and end, over and over. */
export function startFeed(orgId: OrgId, workspaces: readonly Workspace[]): void {
  const change = changesOf(orgId, workspaces)
  let step = 0
  setInterval(() => {
    for (let count = 0; count < changesPerTick; count += 1) {
      step += 1
      change(pseudoRandom(step) % workspaces.length)
    }
  }, tickMs)
}

/** One change at a time, of a card that is on the screen: the bench asks for it by an event. */
export function changeOnDemand(orgId: OrgId, workspaces: readonly Workspace[]): void {
  const change = changesOf(orgId, workspaces)
  window.addEventListener('bench-change', () => {
    const shown = document.querySelector<HTMLElement>('[data-workspace-id]')?.dataset.workspaceId
    forgetRenders()
    change(workspaces.findIndex(({ id }) => id === shown))
  })
}

function changesOf(orgId: OrgId, workspaces: readonly Workspace[]): (at: number) => void {
  const phases = workspaces.map(() => 0)
  let seq = 0
  return (at) => {
    const phase = phases[at] ?? 0
    phases[at] = (phase + 1) % kinds.length
    const workspace = workspaces[at]
    if (!workspace) return
    seq += 1
    const work = { delegationId: idOf(10_000 + at), workspaceId: workspace.id, fromWorkspaceId: workspace.parentId }
    liveStore.apply(
      OrgEvent.parse({
        id: idOf(1),
        orgId,
        seq,
        version: 1,
        at: new Date().toISOString(),
        actor: { kind: 'system', id: 'bench' },
        chain: { id: idOf(1), depth: 0 },
        type: kinds[phase],
        payload: { ...work, ...extras[phase] },
      }),
    )
  }
}

const kinds = [
  'delegation.queued',
  'delegation.started',
  'delegation.waiting',
  'delegation.resumed',
  'delegation.completed',
] as const
const extras = [
  { parentId: null, rootId: idOf(1), priority: 'normal' },
  {},
  { waitingFor: 'approval' },
  {},
  { cost: 100 },
] as const

/** The same changes in every run. */
export function pseudoRandom(seed: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 2654435761) >>> 8
}
