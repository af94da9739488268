import type { ReactNode } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Permission } from '#shared/policies.ts'
import { useMay } from './may.ts'

type IfMayProps = { orgId: OrgId; permission: Permission; children: ReactNode; otherwise?: ReactNode }

/** What only those are offered who may do it. */
export function IfMay({ orgId, permission, children, otherwise = null }: IfMayProps) {
  return useMay(orgId, permission) ? children : otherwise
}
