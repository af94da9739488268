import { type LucideIcon, Network, PanelRight, ScrollText, SquarePen } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { classes } from '#web/ui/classes.ts'
import { type PlaceName, usePlaces } from './places.ts'
import { showNarrow, useShell } from './shell-state.ts'

type NarrowSwitcherProps = { orgId: OrgId; place: PlaceName; hasDock: boolean; hasInspector: boolean }

type Entry = { label: string; icon: LucideIcon; isCurrent: boolean; refused?: string; go: () => void }

/** The bar at the bottom of a narrow screen: one panel at a time, and the other page. */
export function NarrowSwitcher({ orgId, place, hasDock, hasInspector }: NarrowSwitcherProps) {
  const { narrowPanel } = useShell()
  const { openGraph, openAudit } = usePlaces(orgId)
  const isAudit = place === 'audit'
  const isInspector = narrowPanel === 'inspector' && hasInspector
  const isDock = narrowPanel === 'dock' && hasDock
  const isRoom = !isInspector && !isDock
  const showRoom = () => showNarrow('graph')
  const graph = {
    ...{ label: 'Graph', icon: Network, isCurrent: !isAudit && isRoom },
    go: isAudit ? openGraph : showRoom,
  }
  const details = {
    ...{ label: isAudit ? 'Event' : 'Details', icon: PanelRight, isCurrent: isInspector },
    refused: hasInspector ? undefined : isAudit ? 'Choose an event' : 'Select a workspace',
    go: () => showNarrow('inspector'),
  }
  const editor = {
    ...{ label: 'Editor', icon: SquarePen, isCurrent: isDock },
    refused: hasDock ? undefined : 'Select a workspace',
    go: () => showNarrow('dock'),
  }
  const audit = openAudit && {
    ...{ label: 'Audit', icon: ScrollText, isCurrent: isAudit && isRoom },
    go: isAudit ? showRoom : openAudit,
  }
  const entries: (Entry | undefined)[] = isAudit ? [graph, audit, details] : [graph, details, editor, audit]
  return (
    <nav aria-label="Panels" className="flex h-14 shrink-0 border-t border-line pb-[env(safe-area-inset-bottom)]">
      {entries.map(
        (entry) =>
          entry && (
            <button
              key={entry.label}
              type="button"
              disabled={entry.refused !== undefined}
              title={entry.refused}
              aria-current={entry.isCurrent ? 'page' : undefined}
              onClick={entry.go}
              className={classes(
                'flex flex-1 flex-col items-center justify-center gap-0.5 text-12 focus-visible:outline-offset-[-2px] disabled:opacity-40',
                entry.isCurrent ? 'font-medium text-accent' : 'text-fg-2',
              )}
            >
              <entry.icon size={18} strokeWidth={1.75} aria-hidden />
              {entry.label}
            </button>
          ),
      )}
    </nav>
  )
}
