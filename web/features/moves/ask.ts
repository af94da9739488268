import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'

export type Landing = { workspaceId: WorkspaceId; position: Position | null }

/** `confirm` shows what the move means; `pick` first asks where to. */
export type MoveQuestion =
  | { kind: 'pick'; workspaceIds: readonly WorkspaceId[] }
  | {
      kind: 'confirm'
      workspaceIds: readonly WorkspaceId[]
      toParentId: WorkspaceId | null
      /** Where the cards were dropped; without it the layout places them. */
      landings?: readonly Landing[]
      /** Leaves it in its team and only keeps where it was put; offered beside the move where that may be meant. */
      onPlace?: () => void
      /** Told once: whether the move was made. */
      onSettled?: (isMoved: boolean) => void
    }

let question: MoveQuestion | undefined
const listeners = new Set<() => void>()

export function askMove(next: MoveQuestion | undefined): void {
  question = next
  for (const listener of listeners) listener()
}

export function useMoveQuestion(): MoveQuestion | undefined {
  return useSyncExternalStore(subscribe, () => question)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
