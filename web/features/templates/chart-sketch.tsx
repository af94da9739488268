import { sketchOf } from './sketch.ts'

type ChartSketchProps = { name: string; workspaces: readonly { path: readonly string[] }[] }

/** An org chart drawn small: who reports to whom, at a glance. */
export function ChartSketch({ name, workspaces }: ChartSketchProps) {
  const { boxes, lines, width, height } = sketchOf(workspaces.map(({ path }) => path))
  return (
    <svg
      role="img"
      aria-label={`Chart of ${name}`}
      viewBox={`0 0 ${width} ${height}`}
      className="mx-auto block max-h-40 w-full"
      preserveAspectRatio="xMidYMid meet"
    >
      {lines.map(({ from, to }) => (
        <path
          key={`${from.x} ${from.y} ${to.x} ${to.y}`}
          d={`M${from.x} ${from.y}V${(from.y + to.y) / 2}H${to.x}V${to.y}`}
          fill="none"
          className="stroke-line-2"
          strokeWidth={1}
        />
      ))}
      {boxes.map(({ x, y, name: word, path }) => (
        <g key={path}>
          <rect x={x - 42} y={y - 10} width={84} height={20} rx={4} className="fill-surface stroke-line-2" />
          <text x={x} y={y + 3.5} textAnchor="middle" className="fill-fg text-[9px]">
            {word.length > 15 ? `${word.slice(0, 14)}…` : word}
          </text>
        </g>
      ))}
    </svg>
  )
}
