import { useNavigate } from '@tanstack/react-router'
import type { OrgId } from '#shared/kernel/ids.ts'
import { askBudgets } from '../features/budgets/index.ts'
import type { NoticeTarget } from '../features/notices/index.ts'
import { useSettings } from './settings/use-settings.ts'
import { openInspector } from './shell-state.ts'

/** The way from a notice to what it is about, from every page of the org. */
export function useOpenTarget(orgId: OrgId): (target: NoticeTarget) => void {
  const navigate = useNavigate()
  const settings = useSettings()
  return (target) => {
    switch (target.kind) {
      case 'people':
        return settings.open('people')
      case 'tools':
        return settings.open('tools')
      case 'budgets':
        return askBudgets({ newFor: null })
      case 'workspace':
      case 'work': {
        openInspector()
        const work = target.kind === 'work' ? { tab: 'work', d: target.delegationId } : {}
        void navigate({ to: '/o/$orgId', params: { orgId }, search: { w: target.workspaceId, ...work } })
        return
      }
      default:
        target satisfies never
    }
  }
}
