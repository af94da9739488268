import { Plus, Send } from 'lucide-react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { askDelegation } from '../features/delegations/index.ts'
import { askMove } from '../features/moves/index.ts'
import { useIsPast } from '../features/past/index.ts'
import { askWorkspace, useSelected } from '../features/workspaces/index.ts'
import { Button } from '../ui/button.tsx'

/** The two things people come to do; with many cards selected, what can be done with all of them. */
export function GraphToolbar({ selectedId }: { selectedId: WorkspaceId | null }) {
  const selected = useSelected()
  // The past cannot be changed.
  const isPast = useIsPast()
  if (isPast) return null
  return (
    <div role="toolbar" aria-label="Graph" className="absolute top-3 left-3 z-5 flex flex-wrap gap-2">
      <Button tone="primary" icon={Send} onClick={() => askDelegation(selectedId)}>
        New delegation
      </Button>
      <Button icon={Plus} onClick={() => askWorkspace({ kind: 'create', parentId: selectedId })} className="bg-raised">
        New workspace
      </Button>
      {selected.length > 1 && (
        <div className="flex items-center gap-2 rounded-6 border border-line bg-raised pl-2.5">
          <span>{selected.length} selected</span>
          <Button tone="ghost" onClick={() => askMove({ kind: 'pick', workspaceIds: selected })}>
            Move to…
          </Button>
          <Button
            tone="ghost"
            className="text-danger"
            onClick={() => askWorkspace({ kind: 'delete', workspaceIds: selected })}
          >
            Delete
          </Button>
        </div>
      )}
    </div>
  )
}
