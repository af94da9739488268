import { ChevronLeft, ChevronRight, Pause, Play, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { backToLive, pause, play, setSpeed, speeds } from './past-store.ts'
import type { Shown } from './shown.ts'
import { Track } from './track.tsx'
import { useSeek } from './use-seek.ts'
import { spanWords, tellProblem, timeWords } from './words.ts'

type Past = Extract<Shown, { phase: 'past' }>

/** The slim bar by which the org's past is looked at, on the same graph. */
export function PastBar({ orgId, shown }: { orgId: OrgId; shown: Past }) {
  const { range, isPlaying, speed } = shown
  const { wanted, go } = useSeek(orgId)
  const skipped = useLately(shown.skipped)
  // The thumb is where the hand is; the graph follows.
  const seq = wanted && 'seq' in wanted ? wanted.seq : shown.seq
  const at = wanted && 'at' in wanted ? wanted.at : shown.at
  const act = (work: Promise<void>) => void work.catch(tellProblem)
  const step = (by: number) => go({ seq: Math.min(Math.max(seq + by, 0), range.lastSeq) })
  const togglePlay = () => (isPlaying ? pause() : act(play(orgId)))
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
      <IconButton icon={isPlaying ? Pause : Play} label={isPlaying ? 'Pause' : 'Play'} onClick={togglePlay} />
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
      <Track range={range} seq={seq} at={at} onSeek={go} onStep={step} onTogglePlay={togglePlay} />
      <span className="hidden w-52 truncate text-right text-12 text-fg-2 tabular-nums wide:block">
        {skipped > 0 ? `idle ${spanWords(skipped)} skipped` : `${timeWords(at)} · event ${seq} of ${range.lastSeq}`}
      </span>
      <Button size="small" icon={X} onClick={() => act(backToLive(orgId))}>
        Live
      </Button>
    </section>
  )
}

/** What was skipped last, as long as it takes to read it. */
function useLately(skipped: number): number {
  const [said, setSaid] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (skipped === 0) return
    setSaid(skipped)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSaid(0), 2_000)
  }, [skipped])
  useEffect(() => () => clearTimeout(timer.current), [])
  return said
}
