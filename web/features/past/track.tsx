import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { PastAt, PastRange } from '#shared/past/contract.ts'
import { timeWords } from './words.ts'

type TrackProps = {
  range: PastRange
  seq: number
  at: string | null
  onSeek: (moment: PastAt['moment']) => void
  onStep: (events: number) => void
  onTogglePlay: () => void
}

/** All that happened from left to right, and where in it the screen is. */
export function Track({ range, seq, at, onSeek, onStep, onTogglePlay }: TrackProps) {
  const slider = useRef<HTMLInputElement>(null)
  useEffect(() => slider.current?.focus(), [])
  const first = Date.parse(range.firstAt ?? '')
  const last = Date.parse(range.lastAt ?? '')
  if (!(last > first)) {
    return <p className="min-w-0 flex-1 truncate text-12 text-fg-2">The log is still too short to look back.</p>
  }
  const page = Math.max(Math.round(range.lastSeq / 20), 10)
  const keys: Record<string, () => void> = {
    ArrowLeft: () => onStep(-1),
    ArrowDown: () => onStep(-1),
    ArrowRight: () => onStep(1),
    ArrowUp: () => onStep(1),
    PageDown: () => onStep(-page),
    PageUp: () => onStep(page),
    Home: () => onSeek({ seq: 0 }),
    End: () => onSeek({ seq: range.lastSeq }),
    ' ': onTogglePlay,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
  return (
    <div className="relative h-8 min-w-0 flex-1">
      <Histogram range={range} />
      <input
        ref={slider}
        type="range"
        aria-label="Moment"
        aria-valuetext={`${timeWords(at)}, event ${seq} of ${range.lastSeq}`}
        title="Arrows step through the events, Page up and down go further, Space plays, Escape returns to live"
        min={first}
        max={last}
        step="any"
        value={at ? Math.min(Math.max(Date.parse(at), first), last) : first}
        onKeyDown={onKeyDown}
        onChange={({ target }) => onSeek({ at: new Date(Number(target.value)).toISOString() })}
        className="absolute inset-0 size-full cursor-pointer accent-accent"
      />
    </div>
  )
}

function Histogram({ range: { buckets } }: { range: PastRange }) {
  const most = Math.max(...buckets, 1)
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${buckets.length} 1`}
      preserveAspectRatio="none"
      className="absolute inset-x-2 top-0 h-3 w-[calc(100%-16px)] text-line-2"
    >
      {buckets.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(Math.log1p(count) / Math.log1p(most), 0.15)
        // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place
        return <rect key={index} x={index} y={1 - height} width={0.8} height={height} fill="currentColor" />
      })}
    </svg>
  )
}
