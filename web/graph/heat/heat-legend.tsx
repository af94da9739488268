import { classes } from '../../ui/classes.ts'
import { StatusGlyph } from '../../ui/status-glyph.tsx'
import { heatNames, isMeasuring, legendOf } from './heat.ts'
import { swatches } from './heat-look.ts'
import { useHeat } from './heat-store.ts'

const states = [
  ['working', 'Working'],
  ['waiting-input', 'Waiting'],
  ['completed', 'Completed'],
  ['failed', 'Failed or lost'],
  ['idle', 'Idle'],
] as const

/** What the colours of the overlay mean. */
export function HeatLegend() {
  const scale = useHeat()
  if (scale.kind === 'none') return null
  return (
    <section
      aria-label="Legend"
      className="absolute bottom-12 left-3 z-5 flex max-w-[calc(100%-24px)] flex-wrap items-center gap-x-3 gap-y-1 rounded-6 border border-line bg-raised px-2.5 py-1.5 text-12 shadow-card"
    >
      <h2 className="font-medium">{heatNames[scale.kind]}</h2>
      <ul className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {isMeasuring(scale.kind)
          ? legendOf({ kind: scale.kind, top: scale.top }).map(({ level, words }) => (
              <li key={level} className="flex items-center gap-1.5 text-fg-2 tabular-nums">
                <span
                  aria-hidden
                  className={classes('size-3 rounded-4 border border-line-2', swatchOf(scale.kind, level))}
                />
                {words}
              </li>
            ))
          : states.map(([glyph, word]) => (
              <li key={glyph} className="flex items-center gap-1.5 text-fg-2">
                <StatusGlyph state={glyph} size={13} />
                {word}
              </li>
            ))}
      </ul>
    </section>
  )
}

function swatchOf(kind: string, level: number): string | undefined {
  return kind === 'spend' || kind === 'queue' || kind === 'errors' ? swatches[kind][level] : undefined
}
