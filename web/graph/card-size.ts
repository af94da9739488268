export const cardSize = { width: 232, height: 76 } as const

/** From one card's corner to the next one's. */
export const pitch = { x: 256, y: 160 } as const
