import type { Position } from '#shared/workspaces/contract.ts'

const glideMs = 200

type Place = { id: string; x: number; y: number }

type Glide = {
  from: ReadonlyMap<string, Position>
  to: ReadonlyMap<string, Position>
  /** The cards that move, once a frame. */
  onStep: (places: Place[]) => void
  onEnd: () => void
}

/** Takes cards from where they are to where they shall be; at once where a person wants no motion. */
export function glide({ from, to, onStep, onEnd }: Glide): void {
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const startedAt = performance.now()
  const step = (now: number) => {
    const share = isStill ? 1 : Math.min(1, Math.max(0, now - startedAt) / glideMs)
    if (share === 1) return onEnd()
    onStep(placesAt(from, to, share))
    requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
}

/** Where the cards that move are after a share of the way, from 0 to 1; fast at first, slow at the end. */
export function placesAt(
  from: ReadonlyMap<string, Position>,
  to: ReadonlyMap<string, Position>,
  share: number,
): Place[] {
  const eased = 1 - (1 - share) ** 3
  return [...from].flatMap(([id, start]) => {
    const end = to.get(id)
    if (!end || (end.x === start.x && end.y === start.y)) return []
    return [{ id, x: start.x + (end.x - start.x) * eased, y: start.y + (end.y - start.y) * eased }]
  })
}
