import type { ActivityKind } from '#web/features/delegations/index.ts'
import { cardSize } from '../card-size.ts'
import { type Brush, visibleBounds } from './brush.ts'
import type { CardShape, Palette } from './protocol.ts'
import type { Scene } from './scene.ts'

/** The org from afar: blocks in the colours of their states, teams by name. */
export function drawOverview(brush: Brush, scene: Scene, palette: Palette): void {
  const { left, top, right, bottom } = visibleBounds(scene)
  const seen = [...scene.cards.values()].filter(
    ({ x, y }) => x < right && x + cardSize.width > left && y < bottom && y + cardSize.height > top,
  )
  for (const [color, cards] of Map.groupBy(seen, ({ id }) => blockColor(scene.activities.get(id)))) {
    brush.beginPath()
    for (const { x, y } of cards) brush.roundRect(x, y, cardSize.width, cardSize.height, 14)
    brush.fillStyle = palette.surface
    brush.fill()
    brush.fillStyle = palette[color]
    brush.globalAlpha = color === 'idle' ? 0.45 : 0.9
    brush.fill()
    brush.globalAlpha = 1
  }
  ringSelected(brush, scene, palette)
  nameTeams(brush, scene, palette, seen)
}

export function blockColor(
  activity: ActivityKind | undefined,
): 'idle' | 'working' | 'waiting' | 'completed' | 'failed' {
  if (activity === undefined || activity === 'idle' || activity === 'cancelled' || activity === 'queued') return 'idle'
  if (activity === 'lost') return 'failed'
  if (activity === 'working' || activity === 'completed' || activity === 'failed') return activity
  return 'waiting'
}

function ringSelected(brush: Brush, { cards, selectedId, viewport }: Scene, palette: Palette): void {
  const card = selectedId === null ? undefined : cards.get(selectedId)
  if (!card) return
  const gap = 3 / viewport.zoom
  brush.beginPath()
  brush.roundRect(card.x - gap, card.y - gap, cardSize.width + 2 * gap, cardSize.height + 2 * gap, 14 + gap)
  brush.lineWidth = 2 / viewport.zoom
  brush.strokeStyle = palette.accent
  brush.stroke()
}

const fontPx = 11
const mostNames = 150

/** Names of constant size above the blocks; where two would touch, the larger team is named. */
function nameTeams(brush: Brush, { viewport, cards }: Scene, palette: Palette, seen: readonly CardShape[]): void {
  const unit = 1 / viewport.zoom
  const isSmallOrg = cards.size <= 60
  const named = seen
    .filter(({ teamSize }) => isSmallOrg || teamSize > 0)
    .sort((a, b) => b.teamSize - a.teamSize || a.y - b.y)
    .slice(0, mostNames)
  const taken: { left: number; right: number; y: number }[] = []
  brush.font = `600 ${fontPx * unit}px system-ui, sans-serif`
  brush.textAlign = 'center'
  brush.textBaseline = 'alphabetic'
  for (const { x, y, name } of named) {
    const text = name.length > 18 ? `${name.slice(0, 17)}…` : name
    const half = brush.measureText(text).width / 2
    const center = x + cardSize.width / 2
    const box = { left: center - half - 4 * unit, right: center + half + 4 * unit, y }
    const isFree = taken.every(
      (other) => other.left > box.right || other.right < box.left || Math.abs(other.y - y) > fontPx * 1.5 * unit,
    )
    if (!isFree) continue
    taken.push(box)
    brush.lineWidth = 3 * unit
    brush.lineJoin = 'round'
    brush.strokeStyle = palette.surface
    brush.strokeText(text, center, y - 4 * unit)
    brush.fillStyle = palette.text
    brush.fillText(text, center, y - 4 * unit)
  }
}
