import { Suspense, useState } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { Button } from '#web/ui/button.tsx'
import { StatusLabel } from '#web/ui/status-glyph.tsx'
import { TimeAgo } from '#web/ui/time-ago.tsx'
import { compareRuns, saidIn } from './compare-runs.ts'
import { describeResult, formatDuration } from './describe-result.ts'
import { outcomeWords } from './outcome-words.ts'
import { isSameProgram, type Program, type Recorded } from './program.ts'
import type { EndedRun } from './runner.ts'

const OutputDiff = lazyPart(async () => ({ default: (await import('./output-diff.tsx')).OutputDiff }))

/** How the program went for whoever ran it before, and, once it is run here, whether it came out the same. */
export function RecordedStrip({ program, lastRun }: { program: Program; lastRun: EndedRun | null }) {
  const [isOpen, setOpen] = useState(false)
  const { recorded } = program
  if (recorded === null) return null
  const here = lastRun !== null && isSameProgram(lastRun.program, program) ? lastRun : null
  const { record, by, isAgent, at } = recorded
  const { word, state } = outcomeWords(record.outcome)
  return (
    <section
      aria-label={`How it went for ${by}`}
      className="flex shrink-0 flex-col gap-1 border-b border-line px-4 py-2 text-12"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <StatusLabel state={state}>
          {word} for {by}
        </StatusLabel>
        <span className="text-fg-2">
          {isAgent ? 'an agent, ' : ''}
          {record.durationMs > 0 && `${formatDuration(record.durationMs)} in ${record.backend} · `}
          <TimeAgo at={at} />
        </span>
        <Button size="small" tone="ghost" className="ml-auto" onClick={() => setOpen(true)}>
          {here ? 'Compare output' : 'See its output'}
        </Button>
      </div>
      {here && <Verdict recorded={recorded} here={here} />}
      {program.code !== recorded.code && (
        <p className="text-fg-2">You changed the code since, so it may well come out otherwise.</p>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <OutputDiff
            title={here ? `What ${by} got, and what you got` : `What ${by} got`}
            before={saidIn(record.output)}
            after={here ? saidIn(here.output) : null}
            detail={record.detail}
            leftOut={record.leftOut}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </section>
  )
}

function Verdict({ recorded: { by, record }, here }: { recorded: Recorded; here: EndedRun }) {
  const { isSameEnd, output } = compareRuns(record, here)
  const { word: endedHere } = describeResult(here.result)
  const printed = {
    same: 'printed the same',
    different: 'printed something else',
    unknown: 'of its output not all was kept, so that is not compared',
  }[output]
  const isSame = isSameEnd && output === 'same'
  return (
    <p role="status" className={isSame ? 'text-fg-2' : 'font-medium'}>
      {isSameEnd
        ? `Here it ended as it did for ${by}, and ${printed}.`
        : `Here it ended otherwise (${endedHere}), and ${printed}.`}
    </p>
  )
}
