import { type LucideIcon, Network, PanelRight, SquarePen } from 'lucide-react'
import { classes } from '#web/ui/classes.ts'
import { type NarrowPanel, showNarrow, useShell } from './shell-state.ts'

/** The bar at the bottom of a narrow screen: one panel at a time. */
export function NarrowSwitcher({ hasDock, hasInspector }: { hasDock: boolean; hasInspector: boolean }) {
  const { narrowPanel } = useShell()
  const places: { panel: NarrowPanel; label: string; icon: LucideIcon; refused?: string }[] = [
    { panel: 'graph', label: 'Graph', icon: Network },
    {
      panel: 'inspector',
      label: 'Details',
      icon: PanelRight,
      refused: hasInspector ? undefined : 'Select a workspace',
    },
    { panel: 'dock', label: 'Editor', icon: SquarePen, refused: hasDock ? undefined : 'Select a workspace' },
  ]
  return (
    <nav aria-label="Panels" className="flex h-14 shrink-0 border-t border-line pb-[env(safe-area-inset-bottom)]">
      {places.map(({ panel, label, icon: Icon, refused }) => (
        <button
          key={panel}
          type="button"
          disabled={refused !== undefined}
          title={refused}
          aria-current={panel === narrowPanel ? 'page' : undefined}
          onClick={() => showNarrow(panel)}
          className={classes(
            'flex flex-1 flex-col items-center justify-center gap-0.5 text-12 focus-visible:outline-offset-[-2px] disabled:opacity-40',
            panel === narrowPanel ? 'font-medium text-accent' : 'text-fg-2',
          )}
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          {label}
        </button>
      ))}
    </nav>
  )
}
