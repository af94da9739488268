import type { OrgId } from '#shared/kernel/ids.ts'

/** The whole organisation as the .zip of a template's folder, which can be imported again; no secrets in it. */
export function downloadOrg(orgId: OrgId): void {
  const link = document.createElement('a')
  link.href = `/api/orgs/${orgId}/export`
  link.download = ''
  link.click()
}
