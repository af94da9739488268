import type { OrgId } from '#shared/kernel/ids.ts'

/** Has the browser save the log, or the part of it about one workspace, as a chain of hashes that can be verified. */
export function saveLog(orgId: OrgId, workspaceId?: string): void {
  const link = document.createElement('a')
  link.href = `/api/orgs/${orgId}/audit${workspaceId === undefined ? '' : `?workspaceId=${workspaceId}`}`
  link.download = ''
  link.click()
}
