import { cardSize } from '../card-size.ts'
import { isMeasuring } from '../heat/heat.ts'
import { type BlockLook, blockLook } from './block-look.ts'
import { type Brush, visibleBounds } from './brush.ts'
import type { CardShape, Palette } from './protocol.ts'
import type { Scene } from './scene.ts'

/** The org from afar: blocks in the colours of their states, teams by name. */
export function drawOverview(brush: Brush, scene: Scene, palette: Palette): void {
  const { left, top, right, bottom } = visibleBounds(scene)
  const seen = [...scene.cards.values()].filter(
    ({ x, y }) => x < right && x + cardSize.width > left && y < bottom && y + cardSize.height > top,
  )
  for (const group of Map.groupBy(seen, ({ id }) => keyOf(blockLook(scene, id))).values()) {
    const [first] = group
    if (!first) continue
    const { color, alpha } = blockLook(scene, first.id)
    brush.beginPath()
    for (const card of group) traceBlock(brush, card, scene.viewport.zoom)
    brush.fillStyle = palette.surface
    brush.fill()
    brush.fillStyle = palette[color]
    brush.globalAlpha = alpha
    brush.fill()
    brush.globalAlpha = 1
  }
  ringSelected(brush, scene, palette)
  if (isMeasuring(scene.heat)) writeValues(brush, scene, palette, seen)
  nameTeams(brush, scene, palette, seen)
}

function keyOf({ color, alpha }: BlockLook): string {
  return `${color}${alpha}`
}

/** A team that is one card looks like a pile of them. */
function traceBlock(path: CanvasPath, { x, y, isTeam }: CardShape, zoom: number): void {
  // A corner of less than two pixels is not seen, and costs more than a square one.
  if (zoom < 0.12) path.rect(x, y, cardSize.width, cardSize.height)
  else path.roundRect(x, y, cardSize.width, cardSize.height, 14)
  if (!isTeam) return
  path.roundRect(x + 10, y + cardSize.height + 5, cardSize.width - 20, 7, 3)
  path.roundRect(x + 22, y + cardSize.height + 16, cardSize.width - 44, 7, 3)
}

/** Values where a block has room for them, in the text's colour on a rim of the ground. */
function writeValues(brush: Brush, { heats, viewport }: Scene, palette: Palette, seen: readonly CardShape[]): void {
  if (cardSize.height * viewport.zoom < 14) return
  const unit = 1 / viewport.zoom
  brush.font = `600 ${11 * unit}px system-ui, sans-serif`
  brush.textAlign = 'center'
  brush.textBaseline = 'middle'
  brush.lineWidth = 3 * unit
  brush.lineJoin = 'round'
  for (const { id, x, y } of seen) {
    const heat = heats.get(id)
    if (!heat || heat.level === 0) continue
    const [middle, center] = [x + cardSize.width / 2, y + cardSize.height / 2]
    brush.strokeStyle = palette.surface
    brush.strokeText(heat.text, middle, center)
    brush.fillStyle = palette.text
    brush.fillText(heat.text, middle, center)
  }
}

function ringSelected(brush: Brush, { cards, selected, viewport }: Scene, palette: Palette): void {
  const gap = 3 / viewport.zoom
  brush.beginPath()
  for (const id of selected) {
    const card = cards.get(id)
    if (!card) continue
    brush.roundRect(card.x - gap, card.y - gap, cardSize.width + 2 * gap, cardSize.height + 2 * gap, 14 + gap)
  }
  brush.lineWidth = 2 / viewport.zoom
  brush.strokeStyle = palette.accent
  brush.stroke()
}

const fontPx = 11
const mostNames = 150

/** Names of constant size above the blocks; where two would touch, the larger team is named. */
function nameTeams(brush: Brush, { viewport, cards, lit }: Scene, palette: Palette, seen: readonly CardShape[]): void {
  const unit = 1 / viewport.zoom
  const isSmallOrg = cards.size <= 60
  const named = seen
    .filter(({ id, teamSize }) => (lit ? lit.has(id) : isSmallOrg || teamSize > 0))
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
