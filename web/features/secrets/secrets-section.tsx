import type { OrgId } from '#shared/kernel/ids.ts'

export function SecretsSection({ orgId }: { orgId: OrgId }) {
  return <div data-org-id={orgId} />
}
