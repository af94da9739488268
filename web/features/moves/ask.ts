import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { createAsked } from '../../kernel/asked.ts'

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

const asked = createAsked<MoveQuestion | undefined>(undefined)

export const askMove = asked.ask
/** For the one place that shows it. */
export const useMoveQuestion = asked.useAskedHere
