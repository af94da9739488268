import { Plus, Send } from 'lucide-react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { askDelegation } from '../features/delegations/index.ts'
import { useIsPast } from '../features/past/index.ts'
import { askWorkspace, useSelected } from '../features/workspaces/index.ts'
import { Button } from '../ui/button.tsx'
import { useIsNarrow } from './use-is-narrow.ts'

/** The two things people come to do; with many cards selected the bar of what is done with those stands here. */
export function GraphToolbar({ selectedId }: { selectedId: WorkspaceId | null }) {
  // The past cannot be changed.
  const isPast = useIsPast()
  const hasMany = useSelected().length > 1
  const isNarrow = useIsNarrow()
  if (isPast || (hasMany && !isNarrow)) return null
  return (
    <div role="toolbar" aria-label="Graph" className="absolute top-3 left-3 z-5 flex flex-wrap gap-2">
      <Button tone="primary" icon={Send} onClick={() => askDelegation(selectedId)}>
        New delegation
      </Button>
      <Button icon={Plus} onClick={() => askWorkspace({ kind: 'create', parentId: selectedId })} className="bg-raised">
        New workspace
      </Button>
    </div>
  )
}
