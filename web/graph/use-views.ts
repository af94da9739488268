import { useReactFlow } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ViewLook } from '#shared/views/contract.ts'
import { useViews } from '../features/views/index.ts'
import { useCommands } from '../kernel/commands.ts'
import { graphView } from './graph-view.ts'
import { writeViewport } from './stored-viewport.ts'

type Parts = { orgId: OrgId; onSearch: (isSearching: boolean) => void; openList: () => void }

/** The ways between the graph as it is looked at and the person's saved views; each of them is a command too. */
export function useGraphViews({ orgId, onSearch, openList }: Parts) {
  const flow = useReactFlow()
  const views = useViews(orgId)

  const readLook = useCallback((): ViewLook => {
    const { collapsed, heat, filter } = graphView.now()
    return { viewport: flow.getViewport(), collapsed: [...collapsed], heat, filter: filter.slice(0, 200) }
  }, [flow])

  const show = useCallback(
    ({ viewport, collapsed, heat, filter }: ViewLook) => {
      graphView.change({ collapsed: new Set(collapsed), heat, filter })
      onSearch(filter !== '')
      writeViewport(orgId, viewport)
      // Cards of teams that open are there after the next frame.
      requestAnimationFrame(() => void flow.setViewport(viewport))
    },
    [flow, orgId, onSearch],
  )

  useCommands(
    useMemo(
      () => [
        { id: 'graph.views', title: 'Saved views', group: 'Graph', keys: 'V', run: openList },
        ...views.map(({ id, name, look }) => ({
          ...{ id: `graph.view-${id}`, title: `Show the view ${name}`, group: 'Graph' },
          run: () => show(look),
        })),
      ],
      [views, show, openList],
    ),
  )
  return { readLook, show }
}
