import { type NodeMouseHandler, useReactFlow } from '@xyflow/react'
import { type MouseEvent, type PointerEvent, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { type Activity, liveStore } from '../features/delegations/index.ts'
import { useIsPast } from '../features/past/index.ts'
import { controlEntries, selectedNow } from '../features/workspaces/index.ts'
import { useMay } from '../kernel/may.ts'
import type { MenuEntry } from '../ui/menu.tsx'
import type { Point } from './blocks/use-blocks.ts'
import { canvasMenu, cardMenu, forLooking, keyEntries } from './card-menu.ts'
import { teamOf } from './chart.ts'
import type { Doing } from './doing-commands.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { WorkspaceNode } from './project.ts'
import { toggleTeam } from './teams/commands.ts'
import type { Cards } from './use-cards.ts'

type Given = Pick<GraphPaneProps, 'onSelect' | 'onOpen'> & {
  orgId: OrgId
  workspaces: readonly Workspace[]
  cards: Cards
  doing: Doing
  fitAll: () => void
  fitTeam: (ids: readonly WorkspaceId[]) => void
  /** Whose block is there, where cards are not in the page. */
  blockAt: (place: Point) => Workspace | undefined
}

/** The menu of what is under the pointer, or has the keyboard: of the selected cards where it is one of them. */
export function useGraphMenu(given: Given) {
  const { orgId, workspaces, cards, doing, onSelect, onOpen, fitAll, fitTeam, blockAt } = given
  const flow = useReactFlow()
  const isPast = useIsPast()
  const mayEdit = useMay(orgId, 'workspaces.edit')
  const mayKeep = useMay(orgId, 'secrets.workspace.write')
  const [menu, setMenu] = useState<readonly MenuEntry[]>([])

  const entriesOf = (workspace: Workspace, ids: readonly WorkspaceId[]): MenuEntry[] => {
    if (isPast) return []
    const keyed = mayKeep && ids.length === 1 ? keyEntries(workspace) : []
    const team = [workspace.id, ...teamOf(cards.chart, workspace.id).map(({ id }) => id)]
    const entries = cardMenu({
      ...{ orgId, workspaces, ids, doing, onOpen, control: controlEntries(orgId, workspaces, ids) },
      isAtWork: ids.some((id) => isAtWork(liveStore.activity(id))),
      team: {
        isCollapsed: cards.collapsing.insides.has(workspace.id),
        toggle: () => toggleTeam(workspace.id),
        zoom: () => fitTeam(team),
      },
    })
    return mayEdit ? [...keyed, ...entries] : forLooking(entries)
  }
  const meantWith = ({ id }: Workspace) => (selectedNow().includes(id) ? selectedNow() : [id])

  const openFor = (workspace: Workspace) => {
    const ids = meantWith(workspace)
    if (ids.length === 1) onSelect(workspace.id)
    setMenu(entriesOf(workspace, ids))
  }
  const onNodeContextMenu: NodeMouseHandler<WorkspaceNode> = (_, { data }) => openFor(data.workspace)

  /** A long press opens the menu without the event that a right click makes: what it would say is made ready. */
  const onPointerDownCapture = (event: PointerEvent) => {
    const { pointerType, target, currentTarget } = event
    if (pointerType === 'mouse' || !(target instanceof Element)) return
    // A press in the open menu comes by here too, though it lies elsewhere: what it says must stay.
    if (!currentTarget.contains(target)) return
    const id = target.closest<HTMLElement>('[data-workspace-id]')?.dataset.workspaceId
    const workspace = id === undefined ? blockAt(event) : cards.chart.byId.get(id)
    setMenu(workspace ? entriesOf(workspace, meantWith(workspace)) : ofCanvas(event))
  }

  const ofCanvas = ({ clientX: x, clientY: y }: Point): MenuEntry[] => {
    if (isPast) return []
    const entries = canvasMenu(flow.screenToFlowPosition({ x, y }), { doing, onFit: fitAll })
    return mayEdit ? entries : forLooking(entries)
  }
  const onPaneContextMenu = (event: MouseEvent | globalThis.MouseEvent) => {
    const block = blockAt(event)
    if (block) openFor(block)
    else setMenu(ofCanvas(event))
  }

  return { menu, onNodeContextMenu, onPaneContextMenu, onPointerDownCapture }
}

const atRest: ReadonlySet<Activity['activity']> = new Set(['idle', 'completed', 'failed', 'cancelled'])

function isAtWork({ activity, running, queued }: Activity): boolean {
  return !atRest.has(activity) || running > 0 || queued > 0
}
