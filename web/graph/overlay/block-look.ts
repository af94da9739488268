import { isMeasuring, strongest } from '../heat/heat.ts'
import { blockColor } from './block-color.ts'
import type { Palette } from './protocol.ts'
import type { Scene } from './scene.ts'

export type BlockLook = { color: keyof Palette; alpha: number }

/** How a card's block is filled from afar: by its state, or by what the overlay measures; pale where a search leaves it out. */
export function blockLook(scene: Scene, id: string): BlockLook {
  const look = plainLook(scene, id)
  const isLeftOut = scene.lit !== undefined && !scene.lit.has(id)
  return isLeftOut ? { ...look, alpha: look.alpha * 0.2 } : look
}

function plainLook({ heat, heats, activities }: Scene, id: string): BlockLook {
  if (!isMeasuring(heat)) {
    const color = blockColor(activities.get(id))
    return { color, alpha: color === 'idle' ? 0.45 : 0.9 }
  }
  const level = heats.get(id)?.level ?? 0
  return level === 0 ? { color: 'idle', alpha: 0.2 } : { color: inks[heat], alpha: 0.15 + (level / strongest) * 0.8 }
}

const inks = { spend: 'accent', queue: 'waiting', errors: 'failed' } as const
