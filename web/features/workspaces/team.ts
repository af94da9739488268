import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'

/** Everyone below the given ones, nearest first, without themselves. */
export function teamBelow(workspaces: readonly Workspace[], ids: readonly WorkspaceId[]): Workspace[] {
  const below = Map.groupBy(workspaces, ({ parentId }) => parentId)
  const seen = new Set<WorkspaceId>(ids)
  const team: Workspace[] = []
  const heads = [...ids]
  for (const head of heads) {
    for (const member of below.get(head) ?? []) {
      if (seen.has(member.id)) continue
      seen.add(member.id)
      team.push(member)
      heads.push(member.id)
    }
  }
  return team
}
