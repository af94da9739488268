import { useMutation } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { offerUndo } from '../workspaces/index.ts'
import type { Landing } from './ask.ts'
import { whatMoves } from './words.ts'

export type Move = {
  orgId: OrgId
  moved: readonly Workspace[]
  target: Workspace | null
  /** Everyone below what is moved, as placed before. */
  team: readonly Workspace[]
  /** Where cards land, those of the team too; cards that are not named are placed by the layout. */
  landings: readonly Landing[]
}

/** Moves workspaces with their teams under another parent; can be undone. */
export function useMoveWorkspaces() {
  return useMutation({
    mutationFn: async ({ orgId, moved, target, team, landings }: Move) => {
      const landingOf = (id: WorkspaceId) => landings.find(({ workspaceId }) => workspaceId === id)?.position ?? null
      await client.moves.move.mutate({
        orgId,
        moves: moved.map(({ id, parentId }) => ({
          workspaceId: id,
          toParentId: target?.id ?? null,
          position: landingOf(id),
          expectedParentId: parentId,
        })),
      })
      await placeTeam(
        orgId,
        team
          .filter(({ position }) => position !== null)
          .map(({ id }) => ({ workspaceId: id, position: landingOf(id) })),
      )
    },
    onSuccess: (_, move) => {
      const what = whatMoves(move.moved)
      offerUndo(move.target ? `Moved ${what} under ${move.target.name}` : `Made ${what} a root`, {
        name: `move of ${what}`,
        undo: () => moveBack(move),
      })
    },
  })
}

async function moveBack({ orgId, moved, target, team }: Move): Promise<void> {
  const moves = moved.map(({ id, parentId, position }) => ({
    workspaceId: id,
    toParentId: parentId,
    position,
    expectedParentId: target?.id ?? null,
  }))
  await client.moves.move.mutate({ orgId, moves })
  const placed = team.filter(({ position }) => position !== null)
  await placeTeam(
    orgId,
    placed.map(({ id, position }) => ({ workspaceId: id, position })),
  )
}

async function placeTeam(orgId: OrgId, positions: Landing[]): Promise<void> {
  if (positions.length > 0) await client.workspaces.place.mutate({ orgId, positions })
}
