import { cardSize } from '../card-size.ts'
import { blockLook } from './block-look.ts'
import type { Brush } from './brush.ts'
import type { Scene } from './scene.ts'

/** The whole org in a corner. Answers how canvas coordinates map onto it, or nothing when there is none. */
export function drawMinimap(brush: Brush, scene: Scene) {
  const { cards, palette, minimap } = scene
  brush.setTransform(1, 0, 0, 1, 0, 0)
  brush.clearRect(0, 0, brush.canvas.width, brush.canvas.height)
  if (!palette || cards.size === 0) return undefined
  const all = [...cards.values()]
  const left = all.reduce((least, { x }) => Math.min(least, x), Infinity)
  const top = all.reduce((least, { y }) => Math.min(least, y), Infinity)
  const width = all.reduce((most, { x }) => Math.max(most, x), -Infinity) + cardSize.width - left
  const height = all.reduce((most, { y }) => Math.max(most, y), -Infinity) + cardSize.height - top
  const inside = { width: minimap.width - 2 * minimap.margin, height: minimap.height - 2 * minimap.margin }
  const scale = Math.min(inside.width / width, inside.height / height, 0.14)
  const originX = (minimap.width - width * scale) / 2 - left * scale
  const originY = (minimap.height - height * scale) / 2 - top * scale
  const ratio = minimap.pixelRatio
  const least = 1.5 / scale
  brush.setTransform(scale * ratio, 0, 0, scale * ratio, originX * ratio, originY * ratio)
  const looks = new Map(all.map(({ id }) => [id, blockLook(scene, id)]))
  for (const group of Map.groupBy(all, ({ id }) => `${looks.get(id)?.color}${looks.get(id)?.alpha}`).values()) {
    const look = looks.get(group[0]?.id ?? '')
    if (!look) continue
    brush.beginPath()
    for (const { x, y } of group) {
      brush.rect(x, y, Math.max(least, cardSize.width), Math.max(least, cardSize.height))
    }
    brush.fillStyle = palette[look.color]
    brush.globalAlpha = look.alpha
    brush.fill()
  }
  brush.globalAlpha = 1
  return { scale, originX, originY }
}
