import type { Position } from '#shared/workspaces/contract.ts'

export type Carried = { id: string } & Position

/**
 * Moves the wrappers of cards that are held, past React: through it each step would look at all cards there are. It writes what
 * the chart itself will write when it is told the same places.
 */
export function createCarrier() {
  const wrappers = new Map<string, { element: HTMLElement; lift: Animation }>()
  let life = new AbortController()

  /** From here on every move of this pointer is the held card's: no other needs to be looked for under it. */
  function take(chart: Element | null, id: string): void {
    life = new AbortController()
    const capture = ({ pointerId, pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') lifted(chart, id)?.setPointerCapture(pointerId)
    }
    window.addEventListener('pointermove', capture, { capture: true, once: true, signal: life.signal })
  }

  function draw(chart: Element | null, places: readonly Carried[]): void {
    for (const { id, x, y } of places) {
      const wrapper = lifted(chart, id)
      if (wrapper) wrapper.style.transform = `translate(${x}px,${y}px)`
    }
  }

  function drop(): void {
    life.abort()
    for (const { lift } of wrappers.values()) lift.cancel()
    wrappers.clear()
  }

  function lifted(chart: Element | null, id: string): HTMLElement | undefined {
    const known = wrappers.get(id)
    if (known?.element.isConnected) return known.element
    known?.lift.cancel()
    wrappers.delete(id)
    const element = chart?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
    if (!element) return undefined
    wrappers.set(id, { element, lift: liftUp(element) })
    return element
  }

  return { take, draw, drop }
}

/**
 * An animation that stands still and lifts the card over the others. While there is one, a browser moves the card as a layer of
 * its own; without, and with `will-change` alone, each step makes it sort out the layers of the whole page.
 */
function liftUp(element: HTMLElement): Animation {
  const still = { transform: 'translate(0)', zIndex: 1_000 }
  const lift = element.animate([still, still], { duration: 1_000, composite: 'add' })
  lift.pause()
  return lift
}
