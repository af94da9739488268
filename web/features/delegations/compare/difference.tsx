import { type ReactNode, useMemo } from 'react'
import { diffWords, type Stretch } from './word-diff.ts'

export type DifferenceProps = {
  before: { title: string; text: string | null; none?: string }
  after: { title: string; text: string | null; none?: string }
}

/** Two texts side by side, one below the other where there is no room: what went is marked left, what came is marked right. */
export function Difference({ before, after }: DifferenceProps) {
  const parts = useMemo(() => diffWords(before.text ?? '', after.text ?? ''), [before.text, after.text])
  const isComparable = before.text !== null && after.text !== null
  return (
    <div className="grid gap-3 wide:grid-cols-2">
      <Side title={before.title}>
        {before.text === null ? <Nothing words={before.none} /> : parts.map(isComparable ? removedIn : oldIn)}
      </Side>
      <Side title={after.title}>
        {after.text === null ? <Nothing words={after.none} /> : parts.map(isComparable ? addedIn : newIn)}
      </Side>
    </div>
  )
}

// The parts of one text have no other identity than their place.
function removedIn({ is, before }: Stretch, index: number): ReactNode {
  if (is !== 'removed') return <span key={index}>{before}</span>
  return (
    <del key={index} className="rounded-4 bg-failed-soft text-danger decoration-1">
      {before}
    </del>
  )
}

function addedIn({ is, after }: Stretch, index: number): ReactNode {
  if (is !== 'added') return <span key={index}>{after}</span>
  return (
    <ins key={index} className="rounded-4 bg-completed-soft text-state-completed no-underline">
      {after}
    </ins>
  )
}

function oldIn({ before }: Stretch, index: number): ReactNode {
  return <span key={index}>{before}</span>
}

function newIn({ after }: Stretch, index: number): ReactNode {
  return <span key={index}>{after}</span>
}

function Side({ title, children }: { title: string; children: ReactNode }) {
  return (
    <figure aria-label={title} className="min-w-0">
      <figcaption className="mb-1 text-12 text-fg-2">{title}</figcaption>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long texts scroll, so the keyboard must reach them.
        tabIndex={0}
        className="max-h-64 overflow-y-auto rounded-6 border border-line bg-surface-2 p-2.5 text-13 break-words whitespace-pre-wrap"
      >
        {children}
      </div>
    </figure>
  )
}

function Nothing({ words = 'No answer.' }: { words?: string | undefined }) {
  return <span className="text-fg-2">{words}</span>
}
