import { useMutation } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { doing } from '../acts/index.ts'
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
      const placed = team.filter(({ position }) => position !== null)
      const what = whatMoves(moved)
      const root = moved.length === 1 ? 'a root' : 'roots'
      const moves = moved.map(({ id, parentId }) => ({
        workspaceId: id,
        toParentId: target?.id ?? null,
        position: landingOf(id),
        expectedParentId: parentId,
      }))
      const places = placed.map(({ id }) => ({ workspaceId: id, position: landingOf(id) }))
      await doing(
        orgId,
        (asAct) => client.moves.move.mutate({ orgId, moves, places, asAct }),
        () => (target ? `Moved ${what} under ${target.name}` : `Made ${what} ${root}`),
      )
    },
  })
}
