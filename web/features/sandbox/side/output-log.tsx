import { useEffect, useRef } from 'react'
import type { OutputChunk, Position } from '#sandbox/sandbox.ts'
import { Button } from '#web/ui/button.tsx'
import { describeResult, type ResultWords } from '../describe-result.ts'
import type { RunState } from '../runner.ts'

export type OutputLogProps = {
  output: readonly OutputChunk[]
  run: RunState
  onShowLine: (at: Position) => void
}

/** What the program said, and how it ended. It follows the newest line until the person scrolls up. */
export function OutputLog({ output, run, onShowLine }: OutputLogProps) {
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const result = run.phase === 'ended' ? run.result : null
  const words = result === null ? null : describeResult(result)
  const value = result?.kind === 'completed' ? result.value : null

  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls because these have just been drawn
  useEffect(() => {
    if (follows.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [output, run])
  const noteScroll = () => {
    if (!box.current) return
    const { scrollHeight, scrollTop, clientHeight } = box.current
    follows.current = scrollHeight - scrollTop - clientHeight < 24
  }

  return (
    <div
      ref={box}
      role="log"
      aria-label="Output"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={noteScroll}
      className="min-h-0 flex-1 overflow-y-auto px-4 py-3 font-mono text-12 leading-5 break-words whitespace-pre-wrap focus-visible:outline-offset-[-2px]"
    >
      {output.map((chunk, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: output only ever grows at its end
          key={index}
          data-stream={chunk.stream}
          className={chunk.stream === 'stderr' ? 'text-danger' : 'text-fg'}
        >
          {chunk.text}
        </span>
      ))}
      {value !== null && <p className="mt-1 text-fg-2">export default {value}</p>}
      {words !== null && <Ending words={words} onShowLine={onShowLine} />}
      <Silence output={output} run={run} />
    </div>
  )
}

function Ending({ words, onShowLine }: { words: ResultWords; onShowLine: (at: Position) => void }) {
  const { detail, stack, at } = words
  if (detail === null) return null
  return (
    <div className="mt-2 border-l-2 border-danger pl-3 first:mt-0">
      <p className="font-medium text-danger">{detail}</p>
      {stack !== null && <p className="text-fg-2">{stack}</p>}
      {at !== null && (
        <Button size="small" className="mt-2 font-sans" onClick={() => onShowLine(at)}>
          Show line {at.line}
        </Button>
      )}
    </div>
  )
}

function Silence({ output, run }: Pick<OutputLogProps, 'output' | 'run'>) {
  if (output.length > 0 || run.phase === 'running') return null
  if (run.phase === 'idle') return <p className="font-sans text-13 text-fg-3">What the snippet prints appears here.</p>
  if (run.result.kind !== 'completed' || run.result.value !== null) return null
  return <p className="font-sans text-13 text-fg-3">It printed nothing.</p>
}
