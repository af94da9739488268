import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OpenWhat } from './card-menu.ts'

export type GraphPaneProps = {
  orgId: OrgId
  selectedId: WorkspaceId | null
  onSelect: (id: WorkspaceId | null) => void
  onOpen: (id: WorkspaceId, what: OpenWhat) => void
  /** To the trace of a delegation. */
  onOpenWork: (id: WorkspaceId, delegationId: string) => void
}
