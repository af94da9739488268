import type { ActiveDelegation } from '#shared/delegations/contract.ts'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { PastView } from '#shared/past/contract.ts'
import type { PastState } from '#shared/past/state.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { listLiving } from '../workspaces/index.ts'

const maxHeight = 32

/** In the shapes of the present; what the log does not tell is as it is today, or as a new workspace has it. */
export async function presentPast(reader: Reader, state: PastState): Promise<PastView> {
  const today = new Map((await listLiving(reader)).map((workspace) => [workspace.id, workspace]))
  const { workspaces, delegations } = state
  const isSet = (id: WorkspaceId, mark: 'isPausedHere' | 'isFrozenHere') => {
    let at: WorkspaceId | null = id
    for (let height = 0; at && height < maxHeight; height++) {
      if (workspaces[at]?.[mark]) return true
      at = workspaces[at]?.parentId ?? null
    }
    return false
  }
  const shown = Object.entries(workspaces).flatMap(([key, past]): Workspace[] => {
    if (past.isDeleted) return []
    const id = WorkspaceId.parse(key)
    const now = today.get(id)
    return [
      {
        ...{ id, parentId: past.parentId, name: past.name, position: past.position, createdAt: past.createdAt },
        ...{ isPausedHere: past.isPausedHere, isFrozenHere: past.isFrozenHere, isFrozen: isSet(id, 'isFrozenHere') },
        status: isSet(id, 'isPausedHere') ? 'paused' : 'online',
        role: now?.role ?? '',
        runtime: now?.runtime ?? configDefaults.runtime,
        model: now?.model ?? configDefaults.model,
        tier: now?.tier ?? configDefaults.tier,
        maxConcurrentTasks: now?.maxConcurrentTasks ?? configDefaults.maxConcurrentTasks,
        marks: [],
      },
    ]
  })
  const alive = Object.entries(delegations).map(
    ([key, delegation]): ActiveDelegation => ({ id: DelegationId.parse(key), ...delegation }),
  )
  const spend = Object.entries(state.spend).map(([key, today]) => ({ workspaceId: WorkspaceId.parse(key), today }))
  const failures = Object.entries(state.failures).map(([key, today]) => ({
    workspaceId: WorkspaceId.parse(key),
    today,
  }))
  const { seq, at } = state
  return { seq, at, list: { seq, workspaces: shown }, work: { seq, delegations: alive, spend, failures } }
}
