import { ChevronLeft, ChevronRight, Pause, Play, X } from 'lucide-react'
import { type KeyboardEvent, useEffect } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { PastRange } from '#shared/past/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/toast.ts'
import { backToLive, forgetPast, pause, play, type Shown, seek, setSpeed, speeds, useShown } from './past-store.ts'

/** The slim bar by which the org's past is looked at, on the same graph. */
export function Scrubber({ orgId }: { orgId: OrgId }) {
  const shown = useShown()
  useEffect(() => forgetPast, [])
  return shown.phase === 'past' ? <Bar orgId={orgId} shown={shown} /> : null
}

/** Over the graph, so that nobody takes the past for the present. */
export function PastBadge() {
  const shown = useShown()
  if (shown.phase !== 'past') return null
  return (
    <p className="pointer-events-none absolute top-3 left-1/2 z-10 -translate-x-1/2 rounded-full border border-line-2 bg-surface px-3 py-1 text-12 whitespace-nowrap text-fg-2 tabular-nums shadow-float">
      {words(shown)} · the past, read only
    </p>
  )
}

type Past = Extract<Shown, { phase: 'past' }>

function Bar({ orgId, shown }: { orgId: OrgId; shown: Past }) {
  const { range, seq, isPlaying, speed } = shown
  const act = (work: Promise<void>) => void work.catch(tell)
  const step = (by: number) => {
    pause()
    act(seek(orgId, { seq: Math.min(Math.max(seq + by, 0), range.lastSeq) }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    act(backToLive(orgId))
  }
  return (
    <section
      aria-label="The past of the org"
      onKeyDown={onKeyDown}
      className="flex h-11 shrink-0 items-center gap-2 border-t border-line bg-surface px-3"
    >
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? 'Pause' : 'Play'}
        onClick={() => (isPlaying ? pause() : act(play(orgId)))}
      />
      <label className="hidden items-center gap-1 text-12 text-fg-2 wide:flex">
        <span className="sr-only">Speed</span>
        <select
          value={speed}
          onChange={({ target }) => setSpeed(speeds.find((one) => String(one) === target.value) ?? 1)}
          className="h-6 rounded-4 border border-line-2 bg-surface px-1 text-12 tabular-nums"
        >
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one}×
            </option>
          ))}
        </select>
      </label>
      <IconButton icon={ChevronLeft} label="Previous event" disabled={seq === 0} onClick={() => step(-1)} />
      <IconButton icon={ChevronRight} label="Next event" disabled={seq >= range.lastSeq} onClick={() => step(1)} />
      <Track orgId={orgId} shown={shown} />
      <span className="hidden w-52 truncate text-right text-12 text-fg-2 tabular-nums wide:block">
        {shown.skipped > 0
          ? `idle ${span(shown.skipped)} skipped`
          : `${words(shown)} · event ${seq} of ${range.lastSeq}`}
      </span>
      <Button size="small" icon={X} onClick={() => act(backToLive(orgId))}>
        Live
      </Button>
    </section>
  )
}

function Track({ orgId, shown }: { orgId: OrgId; shown: Past }) {
  const { range, at } = shown
  const first = Date.parse(range.firstAt ?? '')
  const last = Date.parse(range.lastAt ?? '')
  if (!(last > first)) {
    return <p className="min-w-0 flex-1 truncate text-12 text-fg-2">The log is still too short to look back.</p>
  }
  const go = (ms: number) => {
    pause()
    void seek(orgId, { at: new Date(ms).toISOString() }).catch(tell)
  }
  return (
    <div className="relative h-8 min-w-0 flex-1">
      <Histogram range={range} />
      <input
        type="range"
        aria-label="Moment"
        aria-valuetext={words(shown)}
        min={first}
        max={last}
        step={Math.max(Math.round((last - first) / 1_000), 1)}
        value={at ? Math.min(Math.max(Date.parse(at), first), last) : first}
        onChange={({ target }) => go(Number(target.value))}
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

function words({ at }: Past): string {
  if (!at) return 'Before the first event'
  const date = new Date(at)
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString()} ${time}`
}

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${Math.round(ms / 1_000)} s`
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

function tell(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
}
