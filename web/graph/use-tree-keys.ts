import { useReactFlow } from '@xyflow/react'
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useState } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { liveStore } from '../features/delegations/index.ts'
import { select, selectedNow } from '../features/workspaces/index.ts'
import { cardState } from './activity-words.ts'
import { tabStop } from './card-marks.ts'
import { cardSize } from './card-size.ts'
import { type Chart, type Step, stepFrom } from './chart.ts'
import { nameOf } from './names.ts'
import { teamStore } from './teams/team-store.ts'
import { summaryWords } from './teams/team-summary.ts'
import type { Cards } from './use-cards.ts'

type Doing = { onSelect: (id: WorkspaceId | null) => void }

const steps: Record<string, Step> = {
  ArrowUp: 'ArrowUp',
  ArrowDown: 'ArrowDown',
  ArrowLeft: 'ArrowLeft',
  ArrowRight: 'ArrowRight',
  Home: 'Home',
  End: 'End',
}

/** Arrow keys walk over the chart, Enter opens, Escape lets go; what is reached is spoken. */
export function useTreeKeys(
  cards: Cards,
  region: RefObject<HTMLElement | null>,
  selectedId: WorkspaceId | null,
  { onSelect }: Doing,
) {
  const chart = cards.shownChart
  const flow = useReactFlow()
  const [spoken, setSpoken] = useState('')

  useEffect(() => {
    const marked = tabStop.marked()
    const wanted = selectedId ?? (marked && chart.byId.has(marked.id) ? marked.id : chart.roots[0]?.id)
    tabStop.mark(wanted === undefined ? undefined : { id: wanted, value: true })
  }, [chart, selectedId])

  const reach = (id: string) => {
    tabStop.mark({ id, value: true })
    bringIntoView(id)
    setSpoken(describe(chart, id))
    requestAnimationFrame(() => cardElement(region.current, id)?.focus({ preventScroll: true }))
  }

  const bringIntoView = (id: string) => {
    const node = cards.now.current.find((one) => one.id === id)
    const box = region.current?.getBoundingClientRect()
    if (!node || !box) return
    const { x, y, zoom } = flow.getViewport()
    const left = node.position.x * zoom + x
    const top = node.position.y * zoom + y
    const isInside =
      left >= 0 &&
      top >= 48 &&
      left + cardSize.width * zoom <= box.width &&
      top + cardSize.height * zoom <= box.height - 48
    if (isInside) return
    void flow.setCenter(node.position.x + cardSize.width / 2, node.position.y + cardSize.height / 2, {
      zoom: Math.max(zoom, 0.5),
    })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !isOnCanvas(event.target)) return
    const here = tabStop.marked()?.id
    const step = steps[event.key]
    if (step) {
      event.preventDefault()
      const next = here === undefined ? chart.roots[0] : stepFrom(chart, here, step)
      if (!next) return setSpoken(`Nothing ${directions[step]}`)
      if (event.shiftKey) select(extended(chart, here, next))
      return reach(next.id)
    }
    const workspace = here === undefined ? undefined : chart.byId.get(here)
    if (event.key === 'Escape') select([])
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (workspace) onSelect(workspace.id)
  }

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.closest<HTMLElement>('[data-workspace-id]')?.dataset.workspaceId
    if (id !== undefined) tabStop.mark({ id, value: true })
  }

  return { onKeyDown, onFocus, spoken, say: setSpoken }
}

const directions: Record<Step, string> = {
  ArrowUp: 'above',
  ArrowDown: 'below',
  ArrowLeft: 'to the left',
  ArrowRight: 'to the right',
  Home: 'here',
  End: 'here',
}

/** What is selected, and the way from one card to the next. */
function extended(chart: Chart, here: string | undefined, next: Workspace): WorkspaceId[] {
  const from = here === undefined ? undefined : chart.byId.get(here)
  return [...new Set([...selectedNow(), ...(from ? [from.id] : []), next.id])]
}

/** "Analyst, Working · 12 s, child 2 of 5 of Researcher, 2 reports, one of 3 selected". */
function describe(chart: Chart, id: string): string {
  const workspace = chart.byId.get(id)
  if (!workspace) return ''
  const team = teamStore.summaryOf(workspace.id)
  const { words } = cardState(workspace, team?.worst ?? liveStore.activity(workspace.id), nameOf, Date.now())
  const parent = workspace.parentId ? chart.byId.get(workspace.parentId) : undefined
  const reports = chart.childrenOf(id).length
  const below = reports === 1 ? '1 report' : `${reports} reports`
  const siblings = parent ? chart.childrenOf(parent.id) : chart.roots
  const place = `${siblings.indexOf(workspace) + 1} of ${siblings.length}`
  const standing = parent ? `child ${place} of ${parent.name}` : `root ${place}`
  const selected = selectedNow()
  const choice = selected.length > 1 && selected.includes(workspace.id) && `one of ${selected.length} selected`
  const inside = team && `collapsed team of ${summaryWords(team)}`
  return [workspace.name, words, standing, reports > 0 && below, inside, choice].filter(Boolean).join(', ')
}

function isOnCanvas(target: EventTarget): boolean {
  return (
    target instanceof Element &&
    target.closest('[data-workspace-id], [data-canvas]') !== null &&
    !target.closest('button')
  )
}

function cardElement(region: HTMLElement | null, id: string): HTMLElement | null {
  return region?.querySelector<HTMLElement>(`[data-workspace-id="${id}"]`) ?? null
}
