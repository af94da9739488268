import { type ReactNode, Suspense, useEffect } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { SplitPanes } from '#web/ui/panes.tsx'
import type { PlaceName } from './places.ts'
import {
  closeDock,
  closeInspector,
  dockShares,
  inspectorWidths,
  resizeDock,
  resizeInspector,
  useIsNarrow,
  useShell,
} from './shell-state.ts'

const NarrowSwitcher = lazyPart(() =>
  import('./narrow-switcher.tsx').then((part) => ({ default: part.NarrowSwitcher })),
)

export type ShellSlots = {
  orgId: OrgId
  place: PlaceName
  /** The heading of the page, for those who listen. */
  title: string

  topBar: ReactNode
  rail: ReactNode
  graph: ReactNode
  /** Brings its own tabs (see `dock.tsx`); null leaves all the height to the graph. */
  dock: ReactNode
  /** Null while nothing is selected: then there is no inspector at all. */
  inspector: ReactNode
  statusBar: ReactNode
}

/** The frame of the app: bars around it, the graph as the room, and panels that are pulled up to it and pushed away. */
export function Shell({ orgId, place, title, topBar, rail, graph, dock, inspector, statusBar }: ShellSlots) {
  const isNarrow = useIsNarrow()
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-surface">
      <header className="flex h-11 shrink-0 items-center border-b border-line">
        <h1 className="sr-only">{title}</h1>
        {topBar}
      </header>
      {isNarrow ? (
        <NarrowRoom graph={graph} dock={dock} inspector={inspector} />
      ) : (
        <WideRoom rail={rail} graph={graph} dock={dock} inspector={inspector} />
      )}
      {isNarrow ? (
        <Suspense fallback={<div className="h-14 shrink-0 border-t border-line" />}>
          <NarrowSwitcher orgId={orgId} place={place} hasDock={dock !== null} hasInspector={inspector !== null} />
        </Suspense>
      ) : (
        <footer className="flex h-6 shrink-0 items-center border-t border-line text-12 text-fg-2">{statusBar}</footer>
      )}
    </div>
  )
}

type Room = Pick<ShellSlots, 'graph' | 'dock' | 'inspector'>

function WideRoom({ rail, graph, dock, inspector }: Room & Pick<ShellSlots, 'rail'>) {
  const { dock: size, dockShare, isInspectorOpen, inspectorWidth } = useShell()
  const hasDock = dock !== null && size !== 'closed'
  const hasInspector = inspector !== null && isInspectorOpen
  useRoomEnd(hasInspector ? inspectorWidth : 0)
  return (
    <div className="flex min-h-0 flex-1">
      <nav aria-label="Places" className="flex w-12 shrink-0 flex-col items-center gap-1 border-r border-line py-2">
        {rail}
      </nav>
      <main className="flex min-h-0 min-w-0 flex-1">
        <SplitPanes
          direction="row"
          label="Resize the inspector"
          unit="px"
          size={inspectorWidth}
          {...inspectorWidths}
          onResize={resizeInspector}
          onCollapse={closeInspector}
          shown={hasInspector ? 'both' : 'first'}
          first={
            <SplitPanes
              direction="column"
              label="Resize the dock"
              unit="%"
              size={dockShare}
              {...dockShares}
              onResize={resizeDock}
              onCollapse={closeDock}
              shown={!hasDock ? 'first' : size === 'full' ? 'second' : 'both'}
              first={<GraphArea>{graph}</GraphArea>}
              second={dock}
            />
          }
          second={inspector}
        />
      </main>
    </div>
  )
}

/** What lies over the page, such as a notice that comes and goes, keeps clear of where people write to an agent. */
function useRoomEnd(width: number): void {
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--room-end', `${width}px`)
    return () => void style.removeProperty('--room-end')
  }, [width])
}

function NarrowRoom({ graph, dock, inspector }: Room) {
  const { narrowPanel } = useShell()
  const shown = panelShown(narrowPanel, { dock, inspector })
  return (
    <main className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1" hidden={shown !== 'graph'}>
        <GraphArea>{graph}</GraphArea>
      </div>
      {shown === 'dock' && dock}
      {shown === 'inspector' && inspector}
    </main>
  )
}

function panelShown(wanted: 'graph' | 'dock' | 'inspector', room: Pick<ShellSlots, 'dock' | 'inspector'>) {
  if (wanted === 'dock' && room.dock !== null) return 'dock'
  if (wanted === 'inspector' && room.inspector !== null) return 'inspector'
  return 'graph'
}

function GraphArea({ children }: { children: ReactNode }) {
  return (
    <div
      data-shell="graph"
      data-scope="graph"
      tabIndex={-1}
      className="relative flex min-h-0 min-w-0 flex-1 focus-visible:outline-none"
    >
      {children}
    </div>
  )
}
