import type { Brush } from './brush.ts'
import type { Point } from './curve.ts'
import type { Palette } from './protocol.ts'

export type Mark =
  | { kind: 'tick' | 'cross' | 'bang' | 'pause'; color: 'completed' | 'failed' | 'waiting' }
  | { kind: 'count'; count: number; color: 'working' | 'waiting' }

const radius = 9

/** A small round sign on an edge: what happens there, by shape. */
export function drawMark(brush: Brush, { x, y }: Point, mark: Mark, palette: Palette): void {
  brush.beginPath()
  brush.arc(x, y, radius, 0, Math.PI * 2)
  brush.fillStyle = palette.raised
  brush.fill()
  brush.lineWidth = 1
  brush.strokeStyle = palette.edge
  brush.stroke()
  brush.strokeStyle = palette[mark.color]
  brush.fillStyle = palette[mark.color]
  brush.lineWidth = 1.75
  brush.lineCap = 'round'
  if (mark.kind === 'count') drawCount(brush, x, y, mark.count)
  else drawShape(brush, x, y, shapes[mark.kind])
  brush.lineCap = 'butt'
}

function drawShape(brush: Brush, x: number, y: number, trace: Shape): void {
  brush.beginPath()
  trace(brush, x, y)
  brush.stroke()
}

function drawCount(brush: Brush, x: number, y: number, count: number): void {
  brush.font = '600 10px system-ui, sans-serif'
  brush.textAlign = 'center'
  brush.textBaseline = 'middle'
  brush.fillText(count > 99 ? '99+' : String(count), x, y + 0.5)
}

type Shape = (path: CanvasPath, x: number, y: number) => void

const shapes: Record<'tick' | 'cross' | 'bang' | 'pause', Shape> = {
  tick(path, x, y) {
    path.moveTo(x - 4, y + 0.5)
    path.lineTo(x - 1.2, y + 3.2)
    path.lineTo(x + 4, y - 3)
  },
  cross(path, x, y) {
    path.moveTo(x - 3, y - 3)
    path.lineTo(x + 3, y + 3)
    path.moveTo(x + 3, y - 3)
    path.lineTo(x - 3, y + 3)
  },
  bang(path, x, y) {
    path.moveTo(x, y - 4)
    path.lineTo(x, y + 0.8)
    path.moveTo(x, y + 4)
    path.lineTo(x, y + 4.1)
  },
  pause(path, x, y) {
    path.moveTo(x - 2, y - 3)
    path.lineTo(x - 2, y + 3)
    path.moveTo(x + 2, y - 3)
    path.lineTo(x + 2, y + 3)
  },
}
