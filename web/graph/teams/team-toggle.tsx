import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { toggleTeam } from './commands.ts'

type TeamToggleProps = { id: WorkspaceId; name: string; count: number; isCollapsed: boolean }

/** On the card of everyone who has reports; the keyboard has a key for it instead of a stop. */
export const TeamToggle = memo(function TeamToggle({ id, name, count, isCollapsed }: TeamToggleProps) {
  const Chevron = isCollapsed ? ChevronRight : ChevronDown
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={!isCollapsed}
      aria-label={isCollapsed ? `Expand the team of ${name}` : `Collapse the team of ${name}`}
      title={isCollapsed ? `Expand the team of ${name} (C)` : `Collapse the team of ${name} (C)`}
      onClick={(event) => {
        event.stopPropagation()
        toggleTeam(id)
      }}
      className="nodrag -my-1 flex h-6 min-w-6 shrink-0 items-center justify-center gap-0.5 rounded-4 px-1 text-[11px] text-fg-3 tabular-nums hover:bg-hover hover:text-fg pointer-coarse:min-w-9"
    >
      <Chevron size={12} strokeWidth={2} aria-hidden />
      {count}
    </button>
  )
})
