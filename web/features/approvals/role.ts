import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { trpc } from '../../kernel/trpc.ts'

/** The person's role in this organisation, once it is known. */
export function useRole(orgId: OrgId): Role | undefined {
  return useQuery(trpc.orgs.list.queryOptions()).data?.find((org) => org.id === orgId)?.role
}

export function mayAnswer(role: Role | undefined): boolean {
  return role !== undefined && role !== 'viewer'
}

export function mayRule(role: Role | undefined): boolean {
  return role === 'admin' || role === 'owner'
}
