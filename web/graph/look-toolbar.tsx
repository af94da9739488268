import { ChevronsDownUp, ChevronsUpDown, Layers, Search } from 'lucide-react'
import { type RefObject, useCallback, useMemo, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { ViewsButton } from '../features/views/index.ts'
import { useCommands } from '../kernel/commands.ts'
import { isMacPlatform, keyCaps } from '../kernel/keys.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { FilterBar } from './filter/filter-bar.tsx'
import { heatKinds, useGraphView } from './graph-view.ts'
import { chooseHeat } from './heat/commands.ts'
import { heatNames } from './heat/heat.ts'
import { collapseAll, expandAll } from './teams/commands.ts'
import type { Cards } from './use-cards.ts'
import { useGraphViews } from './use-views.ts'

type LookToolbarProps = {
  orgId: OrgId
  workspaces: readonly Workspace[]
  cards: Cards
  region: RefObject<HTMLElement | null>
}

const caps = (chord: string) => keyCaps(chord, isMacPlatform())

/** How the org is looked at: search, overlay, teams. Nothing here changes the org. */
export function LookToolbar({ orgId, workspaces, cards, region }: LookToolbarProps) {
  const { heat, collapsed } = useGraphView()
  const [isSearching, setSearching] = useState(false)
  const [isListOpen, setListOpen] = useState(false)
  const openList = useCallback(() => setListOpen(true), [])
  const views = useGraphViews({ orgId, onSearch: setSearching, openList })
  useCommands(
    useMemo(() => {
      const isHere = () => document.activeElement === document.body || region.current?.contains(document.activeElement)
      const run = () => setSearching(true)
      return [
        {
          id: 'graph.search',
          title: 'Search on the graph',
          group: 'Graph',
          keys: 'Mod+F',
          when: () => isHere() ?? false,
          run,
        },
      ]
    }, [region]),
  )
  const overlays: MenuEntry[] = [
    {
      kind: 'choice',
      id: 'heat',
      label: 'Colour the cards by',
      value: heat,
      options: heatKinds.map((kind) => ({ value: kind, label: heatNames[kind] })),
      choose: chooseHeat,
    },
  ]
  const hasTeams = workspaces.some(({ parentId }) => parentId !== null)
  return (
    <div className="pointer-events-none absolute top-13 right-3 left-3 z-5 flex flex-col items-end gap-2 wide:top-3 wide:left-auto">
      <div
        role="toolbar"
        aria-label="Look"
        className="pointer-events-auto flex overflow-hidden rounded-6 border border-line-2 bg-raised shadow-card [&_button]:rounded-none [&_button]:focus-visible:-outline-offset-2"
      >
        <IconButton
          icon={Search}
          label="Search on the graph"
          keys={caps('Mod+F')}
          isActive={isSearching}
          aria-pressed={isSearching}
          onClick={() => setSearching((before) => !before)}
        />
        <Menu label="Overlay" entries={overlays}>
          <IconButton
            icon={Layers}
            label={heat === 'none' ? 'Overlay' : `Overlay: ${heatNames[heat]}`}
            isActive={heat !== 'none'}
          />
        </Menu>
        {hasTeams &&
          (collapsed.size === 0 ? (
            <IconButton
              icon={ChevronsDownUp}
              label="Collapse all teams"
              keys={caps('Shift+C')}
              onClick={() => collapseAll(workspaces)}
            />
          ) : (
            <IconButton
              icon={ChevronsUpDown}
              label="Expand all teams"
              keys={caps('Shift+E')}
              isActive
              onClick={expandAll}
            />
          ))}
        <ViewsButton
          orgId={orgId}
          readLook={views.readLook}
          onShow={views.show}
          isOpen={isListOpen}
          onOpenChange={setListOpen}
        />
      </div>
      {isSearching && (
        <FilterBar workspaces={workspaces} cards={cards} region={region} onClose={() => setSearching(false)} />
      )}
    </div>
  )
}
