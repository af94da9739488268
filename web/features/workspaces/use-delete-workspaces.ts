import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { runBatch } from './run-batch.ts'
import { teamBelow } from './team.ts'

export type Deletion = { orgId: OrgId; heads: readonly Workspace[]; all: readonly Workspace[] }

/** Deletes workspaces with the teams the person saw; can be undone. */
export function useDeleteWorkspaces() {
  return useMutation({
    mutationFn: async ({ orgId, heads, all }: Deletion) => {
      const workspaces = heads.map(({ id }) => ({
        workspaceId: id,
        confirmed: teamBelow(all, [id]).map((member) => member.id),
      }))
      const count = workspaces.reduce((sum, { confirmed }) => sum + 1 + confirmed.length, 0)
      const who = count === 1 ? (heads[0]?.name ?? '') : `${count} workspaces`
      return await runBatch({ orgId, verb: 'delete', workspaces, said: 'Deleted', who })
    },
  })
}
