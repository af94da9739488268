import { useReactFlow } from '@xyflow/react'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { tabStop } from '../card-marks.ts'
import { cardSize } from '../card-size.ts'
import { graphView, useGraphView } from '../graph-view.ts'
import { reveal } from '../teams/commands.ts'
import type { Cards } from '../use-cards.ts'
import { nextMatch } from './filter.ts'
import { useMatches } from './match-store.ts'

type FilterBarProps = {
  workspaces: readonly Workspace[]
  cards: Cards
  region: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Finds workspaces on the graph: the rest fades, Enter goes from one to the next. */
export function FilterBar({ workspaces, cards, region, onClose }: FilterBarProps) {
  const { filter } = useGraphView()
  const matches = useMatches()
  const flow = useReactFlow()
  const [at, setAt] = useState<WorkspaceId>()
  const bar = useRef<HTMLElement>(null)
  // Asked for by key or button, so it may take the focus.
  useEffect(() => bar.current?.querySelector('input')?.focus(), [])
  useEffect(() => () => graphView.change({ filter: '' }), [])

  const go = (step: 1 | -1) => {
    const next = nextMatch(matches?.ids ?? [], at, step)
    if (next === undefined) return
    setAt(next)
    reveal(workspaces, next)
    // A team that opens has its cards after the next frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const node = cards.now.current.find(({ id }) => id === next)
        if (!node) return
        tabStop.mark({ id: next, value: true })
        const { x, y } = node.position
        const zoom = Math.max(flow.getZoom(), 0.7)
        void flow.setCenter(x + cardSize.width / 2, y + cardSize.height / 2, { zoom })
      }),
    )
  }
  const close = () => {
    onClose()
    const card = at ?? tabStop.marked()?.id
    requestAnimationFrame(() => region.current?.querySelector<HTMLElement>(`[data-workspace-id="${card}"]`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return
    event.stopPropagation()
    if (event.key === 'Escape') return close()
    if (event.target instanceof HTMLInputElement) go(event.shiftKey ? -1 : 1)
  }
  const count = matches?.ids.length
  const position = at === undefined ? 0 : (matches?.ids.indexOf(at) ?? -1) + 1
  return (
    <search
      ref={bar}
      aria-label="Search on the graph"
      onKeyDown={onKeyDown}
      className="pointer-events-auto flex w-[min(22rem,100%)] items-center gap-1 rounded-8 bg-surface p-1.5 shadow-float"
    >
      <div className="min-w-0 flex-1">
        <TextField
          label="Find by name, role, model or status"
          isLabelHidden
          placeholder="Name, role, model or status"
          title="Also status:waiting, model:…, role:…, name:…"
          value={filter}
          onChange={(next) => {
            setAt(undefined)
            graphView.change({ filter: next })
          }}
        />
      </div>
      <span role="status" className="min-w-16 shrink-0 px-1 text-right text-12 text-fg-2 tabular-nums">
        {count === undefined
          ? ''
          : count === 0
            ? 'None'
            : `${position > 0 ? position : count} of ${position > 0 ? count : workspaces.length}`}
      </span>
      <IconButton icon={ChevronUp} label="Previous match" keys={['⇧', '⏎']} disabled={!count} onClick={() => go(-1)} />
      <IconButton icon={ChevronDown} label="Next match" keys={['⏎']} disabled={!count} onClick={() => go(1)} />
      <IconButton icon={X} label="Close the search" keys={['Esc']} onClick={close} />
    </search>
  )
}
