import { useEffect } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { beAt, beGone } from './my-place.ts'

/** Lets the others see which workspace is selected here. */
export function useHere(orgId: OrgId, workspaceId: WorkspaceId | null): void {
  useEffect(() => beAt(orgId, workspaceId), [orgId, workspaceId])
  useEffect(() => () => beGone(orgId), [orgId])
}
