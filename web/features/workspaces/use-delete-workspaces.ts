import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { teamBelow } from './team.ts'
import { offerUndo } from './undo.ts'

export type Deletion = { orgId: OrgId; heads: readonly Workspace[]; all: readonly Workspace[] }

/** Deletes workspaces with the teams the person saw; can be undone. */
export function useDeleteWorkspaces() {
  return useMutation({
    mutationFn: async ({ orgId, heads, all }: Deletion) => {
      for (const { id } of heads) {
        const confirmed = teamBelow(all, [id]).map((member) => member.id)
        await client.workspaces.delete.mutate({ orgId, workspaceId: id, confirmed })
      }
    },
    onSuccess: (_, { orgId, heads, all }) => {
      const team = teamBelow(
        all,
        heads.map(({ id }) => id),
      )
      const workspaceIds = [...heads, ...team].map(({ id }) => id)
      const what = heads.length === 1 && team.length === 0 ? `${heads[0]?.name}` : `${workspaceIds.length} workspaces`
      offerUndo(`Deleted ${what}`, {
        name: `deletion of ${what}`,
        undo: async () => {
          await client.workspaces.restore.mutate({ orgId, workspaceIds })
        },
      })
    },
  })
}
