import { useStore } from '@xyflow/react'
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useIsPast } from '../features/past/index.ts'
import { useCommands } from '../kernel/commands.ts'
import { useMay } from '../kernel/may.ts'
import { ContextMenu } from '../ui/menu.tsx'
import { BatchBar } from './batch-bar.tsx'
import { BlockName } from './blocks/block-name.tsx'
import { useBlocks } from './blocks/use-blocks.ts'
import { DragLayer } from './drag-layer.tsx'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { GraphToolbar } from './graph-toolbar.tsx'
import { graphView } from './graph-view.ts'
import { HeatLegend } from './heat/heat-legend.tsx'
import { LookToolbar } from './look-toolbar.tsx'
import { Minimap } from './minimap.tsx'
import { OrgChart } from './org-chart.tsx'
import { detailAt } from './overlay/detail.ts'
import type { WorkspaceNode } from './project.ts'
import { TravelLayer } from './travel/travel-layer.tsx'
import { useTravel } from './travel/use-travel.ts'
import { useCardDrag } from './use-card-drag.ts'
import { useCards } from './use-cards.ts'
import { useDoing } from './use-doing.ts'
import { useFit } from './use-fit.ts'
import { useGraphMenu } from './use-graph-menu.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useLastLook } from './use-last-look.ts'
import { useLook } from './use-look.ts'
import { shapesOf, useOverlay } from './use-overlay.ts'
import { useSteady } from './use-steady.ts'
import { useTidy } from './use-tidy.ts'
import { useTreeKeys } from './use-tree-keys.ts'
import { ZoomControls } from './zoom-controls.tsx'

/** From this size on only the cards on screen are drawn, and from afar none. */
const largeOrg = 200

/** From this size on nothing on a card turns: a hundred small animations cost more than all the rest. */
const busyOrg = 40

type GraphCanvasProps = GraphPaneProps & { workspaces: readonly Workspace[] }

export function GraphCanvas({ orgId, workspaces, selectedId, onSelect, onOpen, onOpenWork }: GraphCanvasProps) {
  useState(() => graphView.open(orgId))
  const region = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const minimap = useRef<HTMLCanvasElement>(null)
  const cards = useCards(workspaces, selectedId, onSelect)
  const { overlay, mappings } = useOverlay({
    ...{ canvas, minimap },
    ...{ nodes: cards.projected, edges: cards.edges, standsIn: cards.collapsing.standsIn },
  })
  const drag = useCardDrag(orgId, cards, overlay)
  const keys = useTreeKeys(cards, region, selectedId, { onSelect })
  const detail = useStore((state) => detailAt(state.transform[2]))
  const isNarrow = useIsNarrow()
  const isPast = useIsPast()
  const mayEdit = useMay(orgId, 'workspaces.edit')
  const isReadOnly = isPast || !mayEdit
  const doing = useDoing({ orgId, cards, region, say: keys.say, isReadOnly })
  const isLarge = cards.projected.length > largeOrg

  useEffect(() => overlay?.change({ cards: shapesOf(cards.projected) }), [overlay, cards.projected])

  const { fitAll, fitTeam, onUserMove, isPlaced } = useFit(orgId, cards)
  // Where the person looks is known a moment later than the cards; a large org mounts none before it.
  const isPicture = isLarge && (detail === 'block' || !isPlaced)
  useTidy({ orgId, cards, overlay, isReadOnly, onTidied: fitAll })
  const travel = useTravel({ cards, region, onOpenWork })
  const blocks = useBlocks({ cards, region, isPicture, onSelect })
  useLastLook(orgId, fitAll)
  useLook({ workspaces, cards, selectedId, zoomTo: fitTeam })

  useCommands(
    useMemo(() => [{ id: 'graph.fit', title: 'Fit the whole org', group: 'Graph', keys: 'F', run: fitAll }], [fitAll]),
  )

  const { menu, onNodeContextMenu, onPaneContextMenu, onPointerDownCapture } = useGraphMenu({
    ...{ orgId, workspaces, cards, doing, onSelect, onOpen, fitAll, fitTeam, blockAt: blocks.at },
  })

  const onPaneClick = (event: MouseEvent) => {
    if (!blocks.press(event) && !travel.openAt(event)) blocks.letGo()
  }
  const onPaneMouseMove = (event: MouseEvent) => {
    if (blocks.point(event)) travel.onPaneMouseLeave()
    else travel.onPaneMouseMove(event)
  }
  const onPaneMouseLeave = () => {
    blocks.pointAway()
    travel.onPaneMouseLeave()
  }
  const onNodeDoubleClick = useSteady((_: MouseEvent, { data }: WorkspaceNode) => onOpen(data.workspace.id, 'prompt'))

  return (
    <section
      ref={region}
      aria-label="Org graph"
      data-detail={detail}
      data-calm={cards.projected.length > busyOrg || undefined}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
      onPointerDownCapture={onPointerDownCapture}
      className="group/graph relative size-full overflow-hidden bg-canvas data-calm:[&_.animate-turn]:animate-none"
    >
      <canvas ref={canvas} aria-hidden className="pointer-events-none absolute top-0 left-0 origin-top-left" />
      <ContextMenu label="Graph" entries={menu}>
        <div className="absolute inset-0" data-canvas tabIndex={isPicture ? 0 : -1}>
          <OrgChart
            list={cards.list}
            isPicture={isPicture}
            onNodesChange={cards.change}
            onNodeDragStart={drag.onNodeDragStart}
            onNodeDrag={drag.onNodeDrag}
            onNodeDragStop={drag.onNodeDragStop}
            onNodeDoubleClick={onNodeDoubleClick}
            onNodeContextMenu={useSteady(onNodeContextMenu)}
            onPaneContextMenu={useSteady(onPaneContextMenu)}
            onPaneClick={useSteady(onPaneClick)}
            onPaneMouseMove={useSteady(onPaneMouseMove)}
            onPaneMouseLeave={useSteady(onPaneMouseLeave)}
            onMoveEnd={onUserMove}
            onlyRenderVisibleElements={isLarge}
            nodesDraggable={!isNarrow && !isReadOnly}
            onSelectionStart={cards.startBox}
            onSelectionEnd={cards.endBox}
            attributionPosition={isNarrow ? 'bottom-right' : 'bottom-center'}
          />
        </div>
      </ContextMenu>
      <DragLayer look={drag.look} zone={drag.rootZone} />
      {!isReadOnly && <GraphToolbar selectedId={selectedId} />}
      {!isReadOnly && !isNarrow && <BatchBar orgId={orgId} workspaces={workspaces} doing={doing} />}
      <ZoomControls orgId={orgId} onFit={fitAll} />
      <LookToolbar orgId={orgId} workspaces={workspaces} cards={cards} region={region} />
      <HeatLegend />
      <BlockName region={region} />
      <TravelLayer orgId={orgId} standsIn={cards.collapsing.standsIn} region={region} onOpenWork={onOpenWork} />
      <Minimap canvas={minimap} mappings={mappings} />
      <p role="status" aria-live="polite" className="sr-only">
        {keys.spoken}
      </p>
    </section>
  )
}
