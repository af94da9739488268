import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import type { Program } from './program.ts'

/** The workspace whose files a program is run beside; undefined for a snippet, or where it is gone. */
export function useHome(orgId: OrgId, { origin }: Program): Workspace | undefined {
  const workspaces = useWorkspaces(orgId)
  return origin?.kind === 'file' ? workspaces.find(({ id }) => id === origin.workspaceId) : undefined
}
