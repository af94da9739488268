import { useReactFlow } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { copy, cut, duplicate, type PasteInto, pasteClip, readClip, whatOf } from '../features/copies/index.ts'
import { askMove } from '../features/moves/index.ts'
import { select, selectedNow, usePlaceWorkspaces } from '../features/workspaces/index.ts'
import { useCommands } from '../kernel/commands.ts'
import { isWorkspaceId } from '../kernel/ids.ts'
import { type Arrangement, aligned, childrenArranged, distributed } from './arrange.ts'
import { cardSize } from './card-size.ts'
import { teamOf, topmost } from './chart.ts'
import { type Doing, doingCommands } from './doing-commands.ts'
import { shiftedPlaces } from './placements.ts'
import type { Cards } from './use-cards.ts'
import { usePastedText } from './use-pasted-text.ts'

type Given = {
  orgId: OrgId
  cards: Cards
  region: { current: HTMLElement | null }
  say: (words: string) => void
  /** The past, or somebody who may only look. */
  isReadOnly: boolean
}

/** What is done with cards, by key, from the palette, the menu and the bar alike. */
export function useDoing({ orgId, cards, region, say, isReadOnly }: Given): Doing {
  const { screenToFlowPosition } = useReactFlow()
  const { mutate: place } = usePlaceWorkspaces()
  const latest = useRef({ cards, say })
  latest.current = { cards, say }

  const doing = useMemo((): Doing => {
    const now = () => latest.current.cards
    const all = () => [...now().chart.byId.values()]
    const meant = () => meantCards(region.current)
    const heads = () => topmost(now().chart, meant())
    const put = ({ name, before, after }: Arrangement) => {
      if (after.length > 0) place({ orgId, name, before, after })
    }
    return {
      meant,
      canPaste: () => readClip() !== undefined,
      isRoot: (id) => now().chart.byId.get(id)?.parentId === null,
      hasPlacedTeam: (id) => teamOf(now().chart, id).some(({ position }) => position !== null),
      selectAll: () => select(now().now.current.map(({ data }) => data.workspace.id)),
      hasMany: () => selectedNow().length > 1,
      selectNone: () => select([]),
      copy: () => copy({ orgId, workspaces: all(), ids: heads() }),
      cut: () => cut({ orgId, workspaces: all(), ids: heads() }),
      paste: () => void pasteClip(into(orgId, meant(), middleOf(region.current, screenToFlowPosition))),
      pasteAt: ({ x, y }) => void pasteClip({ orgId, parentId: null, at: { x: Math.round(x), y: Math.round(y) } }),
      duplicate: () => void duplicate(orgId, heads(), whatOf(all(), heads())),
      extract: () => {
        const workspaceIds = heads().filter((id) => now().chart.byId.get(id)?.parentId !== null)
        if (workspaceIds.length > 0) askMove({ kind: 'confirm', workspaceIds, toParentId: null })
      },
      align: (alignment) => put(aligned(now(), meant(), alignment)),
      distribute: (direction) => put(distributed(now(), meant(), direction)),
      arrange: () => {
        for (const id of heads()) put(childrenArranged(now(), id))
      },
      nudge: (by) => {
        const ids = heads()
        const what = whatOf(all(), ids)
        place({ orgId, name: `new place of ${what}`, ...shiftedPlaces(now(), ids, by), step: 'nudge' })
        latest.current.say(`${what} moved ${wayOf(by)}`)
      },
    }
  }, [orgId, region, place, screenToFlowPosition])

  useCommands(useMemo(() => (isReadOnly ? [] : doingCommands(doing)), [doing, isReadOnly]))

  const pasteInto = useMemo(
    () => (isReadOnly ? undefined : () => into(orgId, doing.meant(), middleOf(region.current, screenToFlowPosition))),
    [orgId, region, doing, isReadOnly, screenToFlowPosition],
  )
  usePastedText(pasteInto)

  return doing
}

/** The selected cards; or the one the keyboard is on, where that is none of them. */
function meantCards(region: HTMLElement | null): readonly WorkspaceId[] {
  const selected = selectedNow()
  const focused = document.activeElement
  const id = focused instanceof HTMLElement && region?.contains(focused) ? focused.dataset.workspaceId : undefined
  return id === undefined || !isWorkspaceId(id) || selected.includes(id) ? selected : [id]
}

function into(orgId: OrgId, meant: readonly WorkspaceId[], middle: Position): PasteInto {
  const [only] = meant
  const parentId = meant.length === 1 && only !== undefined ? only : null
  return { orgId, parentId, at: parentId === null ? middle : null }
}

/** Where a card lies in the middle of what is seen. */
function middleOf(region: HTMLElement | null, toFlow: (point: Position) => Position): Position {
  const box = region?.getBoundingClientRect()
  if (!box) return { x: 0, y: 0 }
  const { x, y } = toFlow({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
  return { x: Math.round(x - cardSize.width / 2), y: Math.round(y - cardSize.height / 2) }
}

function wayOf({ x, y }: Position): string {
  if (x !== 0) return x < 0 ? 'left' : 'right'
  return y < 0 ? 'up' : 'down'
}
