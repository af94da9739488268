import { useCallback, useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { usePlaceWorkspaces } from '../features/workspaces/index.ts'
import { useCommands } from '../kernel/commands.ts'
import { notify } from '../ui/toast.ts'
import { glide } from './glide.ts'
import { layOut } from './layout.ts'
import type { Overlay } from './overlay/overlay.ts'
import type { Cards } from './use-cards.ts'
import { shapesOf } from './use-overlay.ts'

type Parts = { orgId: OrgId; cards: Cards; overlay: Overlay | undefined; isReadOnly: boolean; onTidied: () => void }

/** Gives every card the place the layout finds for it: one act that can be undone, the cards glide there. */
export function useTidy({ orgId, cards, overlay, isReadOnly, onTidied }: Parts): void {
  const { mutate: place } = usePlaceWorkspaces()
  const { chart, collapsing, now, held, change, release } = cards
  const tidy = useCallback(() => {
    const placed = [...chart.byId.values()].filter(({ position }) => position !== null)
    if (placed.length === 0)
      return notify({ id: 'tidy', title: 'The chart is tidy: no card was put anywhere by hand.' })
    const from = new Map(now.current.map(({ id, position }) => [id, position]))
    const to = layOut(collapsing.shown.map((workspace) => ({ ...workspace, position: null })))
    held.current = new Set(from.keys())
    place({
      ...{ orgId, name: 'tidying of the chart' },
      before: placed.map(({ id, position }) => ({ workspaceId: id, position })),
      after: placed.map(({ id }) => ({ workspaceId: id, position: null })),
    })
    glide({
      ...{ from, to },
      onStep: (places) => {
        change(places.map(({ id, x, y }) => ({ type: 'position', id, position: { x, y } })))
        overlay?.change({ moved: places })
      },
      onEnd: () => {
        release()
        overlay?.change({ cards: shapesOf(now.current) })
        onTidied()
      },
    })
  }, [orgId, place, chart, collapsing, now, held, change, release, overlay, onTidied])
  useCommands(
    useMemo(
      () =>
        isReadOnly ? [] : [{ id: 'graph.tidy', title: 'Tidy the whole chart', group: 'Graph', keys: 'T', run: tidy }],
      [isReadOnly, tidy],
    ),
  )
}
