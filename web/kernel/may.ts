import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Org, Role } from '#shared/orgs/contract.ts'
import { mayAs, type Permission } from '#shared/policies.ts'
import { trpc } from './trpc.ts'

/** The person's role in this organisation, once it is known. It follows live when somebody changes it. */
export function useRole(orgId: OrgId): Role | undefined {
  return useQuery({ ...trpc.orgs.list.queryOptions(), select: (orgs) => roleIn(orgs, orgId) }).data
}

/** May the person do this here? The same table refuses on the server; nobody is offered what they would be refused. */
export function useMay(orgId: OrgId, permission: Permission): boolean {
  const role = useRole(orgId)
  return role !== undefined && mayAs(role, permission)
}

function roleIn(orgs: readonly Org[], orgId: OrgId): Role | undefined {
  return orgs.find((org) => org.id === orgId)?.role
}
