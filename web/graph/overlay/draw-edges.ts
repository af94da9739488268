import type { EdgeActivity } from '#web/features/delegations/index.ts'
import { type Brush, visibleBounds } from './brush.ts'
import { type Curve, curveBetween, isCurveIn, pointOn, traceCurve } from './curve.ts'
import { overviewBelow } from './detail.ts'
import { drawMark, type Mark } from './draw-mark.ts'
import type { Palette } from './protocol.ts'
import { pulseMs, type Scene } from './scene.ts'

type Seen = { curve: Curve; work: EdgeActivity }

/** How long a tick stays before it has faded. */
const tickMs = 8_000
const travelMs = 1_800

/** Hierarchy, over it the work that goes on, over it the journeys. True while something on it moves. */
export function drawEdges(brush: Brush, scene: Scene, palette: Palette, now: number): boolean {
  const seen = drawHierarchy(brush, scene, palette)
  for (const one of seen) drawWork(brush, scene, palette, one)
  const isDetailed = scene.viewport.zoom >= overviewBelow
  if (isDetailed) for (const one of seen) drawMoving(brush, scene, palette, one, now)
  drawPulses(brush, scene, palette, now)
  return seen.some(({ work }) => (work.state === 'running' && isDetailed) || isFading(work))
}

function drawHierarchy(brush: Brush, scene: Scene, palette: Palette): Seen[] {
  const { left, top, right, bottom } = visibleBounds(scene)
  const seen: Seen[] = []
  const drawn = new Set<string>()
  const curveOf = (from: string, to: string) => {
    const [giver, receiver] = [scene.cards.get(from), scene.cards.get(to)]
    if (!giver || !receiver) return undefined
    const curve = curveBetween(giver, receiver)
    return isCurveIn(curve, left, top, right, bottom) ? curve : undefined
  }
  brush.beginPath()
  for (const { from, to } of scene.edges) {
    const curve = curveOf(from, to)
    if (!curve) continue
    const key = `${from}>${to}`
    const work = scene.work.get(key)
    drawn.add(key)
    if (work) seen.push({ curve, work })
    if (!work || work.state === 'completed') traceCurve(brush, curve)
  }
  brush.setLineDash([])
  brush.lineWidth = 1.25 / Math.min(1, scene.viewport.zoom)
  brush.strokeStyle = palette.edge
  brush.globalAlpha = scene.lit ? faint : 1
  brush.stroke()
  brush.globalAlpha = 1
  // Work between cards that no line of the chart joins shows a line of its own while it goes on.
  for (const [key, work] of scene.work) {
    if (drawn.has(key) || work.count === 0) continue
    const curve = curveOf(work.from, work.to)
    if (curve) seen.push({ curve, work })
  }
  return seen
}

function drawWork(brush: Brush, scene: Scene, palette: Palette, { curve, work }: Seen): void {
  const look = looks[work.state]
  if (!look) return
  const unit = 1 / Math.min(1, scene.viewport.zoom)
  brush.beginPath()
  traceCurve(brush, curve)
  brush.setLineDash(look.dash.map((length) => length * unit))
  brush.lineCap = look.cap
  brush.lineWidth = look.width * unit
  brush.strokeStyle = palette[look.color]
  brush.globalAlpha = isLit(scene, work) ? 1 : faint
  brush.stroke()
  brush.globalAlpha = 1
  brush.setLineDash([])
  brush.lineCap = 'butt'
}

/** How much is left of what a search leaves out. */
const faint = 0.35

function isLit({ lit }: Scene, { from, to }: EdgeActivity): boolean {
  return !lit || lit.has(from) || lit.has(to)
}

/** Which way the work goes, also where nothing moves. */
function drawArrow(brush: Brush, curve: Curve, color: string): void {
  const tip = pointOn(curve, 0.86)
  const back = pointOn(curve, 0.82)
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x)
  brush.beginPath()
  for (const side of [-1, 1]) {
    brush.moveTo(tip.x, tip.y)
    brush.lineTo(tip.x - 8 * Math.cos(angle + side * 0.5), tip.y - 8 * Math.sin(angle + side * 0.5))
  }
  brush.lineWidth = 2
  brush.lineCap = 'round'
  brush.strokeStyle = color
  brush.stroke()
  brush.lineCap = 'butt'
}

type Look = { color: 'working' | 'waiting' | 'failed' | 'idle'; width: number; dash: number[]; cap: CanvasLineCap }

/** Told apart by shape as well as by colour. */
const looks: Partial<Record<EdgeActivity['state'], Look>> = {
  running: { color: 'working', width: 2, dash: [], cap: 'butt' },
  waiting: { color: 'waiting', width: 2, dash: [6, 4], cap: 'butt' },
  queued: { color: 'idle', width: 1.5, dash: [2, 5], cap: 'butt' },
  failed: { color: 'failed', width: 2.25, dash: [0.1, 5], cap: 'round' },
}

function drawMoving(brush: Brush, scene: Scene, palette: Palette, { curve, work }: Seen, now: number): void {
  if (!isLit(scene, work)) return
  if (work.count > 0) drawArrow(brush, curve, palette[looks[work.state]?.color ?? 'idle'])
  if (work.state === 'running') {
    const phase = scene.isMotionReduced ? 0.2 : (now % travelMs) / travelMs
    brush.fillStyle = palette.working
    dot(brush, pointOn(curve, phase), 3.5)
    dot(brush, pointOn(curve, (phase + 0.5) % 1), 2.5)
  }
  const mark = markOf(work)
  if (!mark) return
  const age = Date.now() - work.at
  const opacity = work.state === 'completed' ? (scene.isMotionReduced ? 1 : 1 - age / tickMs) : 1
  if (opacity <= 0 || (work.state === 'completed' && age >= tickMs)) return
  brush.globalAlpha = Math.min(1, opacity * 2)
  drawMark(brush, pointOn(curve, 0.5), mark, palette)
  brush.globalAlpha = 1
}

function markOf(work: EdgeActivity): Mark | undefined {
  if (work.state === 'failed') return { kind: 'cross', color: 'failed' }
  if (work.state === 'completed') return { kind: 'tick', color: 'completed' }
  if (work.needsPerson) return { kind: 'bang', color: 'waiting' }
  if (work.count > 1) {
    return { kind: 'count', count: work.count, color: work.state === 'running' ? 'working' : 'waiting' }
  }
  return work.state === 'waiting' ? { kind: 'pause', color: 'waiting' } : undefined
}

function drawPulses(brush: Brush, scene: Scene, palette: Palette, now: number): void {
  const unit = 1 / Math.min(1, scene.viewport.zoom)
  for (const pulse of scene.pulses) {
    const [giver, receiver] = [scene.cards.get(pulse.from), scene.cards.get(pulse.to)]
    if (!giver || !receiver) continue
    const curve = curveBetween(giver, receiver)
    const progress = ease(Math.min(1, (now - pulse.startedAt) / pulseMs))
    const along = (at: number) => pointOn(curve, pulse.direction === 'down' ? at : 1 - at)
    brush.fillStyle = pulseColor(pulse, palette)
    for (const [lag, size] of trail) {
      brush.globalAlpha = lag === 0 ? 1 : 0.4 - lag * 2
      if (progress >= lag) dot(brush, along(progress - lag), size * unit)
    }
    brush.globalAlpha = 1
  }
}

const trail = [
  [0.15, 2.5],
  [0.1, 3],
  [0.05, 3.75],
  [0, 5],
] as const

function pulseColor({ direction, isFailure }: Scene['pulses'][number], palette: Palette): string {
  if (isFailure) return palette.failed
  return direction === 'down' ? palette.working : palette.completed
}

function isFading(work: EdgeActivity): boolean {
  return work.state === 'completed' && Date.now() - work.at < tickMs
}

function ease(at: number): number {
  return at < 0.5 ? 2 * at * at : 1 - (2 - 2 * at) ** 2 / 2
}

function dot(brush: Brush, { x, y }: { x: number; y: number }, radius: number): void {
  brush.beginPath()
  brush.arc(x, y, radius, 0, Math.PI * 2)
  brush.fill()
}
