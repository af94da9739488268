import { useNavigate } from '@tanstack/react-router'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '#web/kernel/may.ts'
import { showNarrow } from './shell-state.ts'

export type PlaceName = 'graph' | 'audit'

/** The pages of an org, and the ways to them; where the person may not go is none. */
export function usePlaces(orgId: OrgId) {
  const navigate = useNavigate()
  const mayAudit = useMay(orgId, 'audit.read')
  const openGraph = () => {
    showNarrow('graph')
    void navigate({ to: '/o/$orgId', params: { orgId } })
  }
  const openAudit = () => {
    showNarrow('graph')
    void navigate({ to: '/o/$orgId/audit', params: { orgId } })
  }
  return { openGraph, openAudit: mayAudit ? openAudit : undefined }
}
