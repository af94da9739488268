import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelWindow as Window } from '#shared/delegations/window-contract.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { classes } from '../../../ui/classes.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { sharesOf } from './window-shares.ts'

type ModelWindowProps = { orgId: OrgId; delegationId: DelegationId; step: number }
type Part = Window['parts'][number]

/** What a model call was sent, part by part: how much of the window each takes, and its exact text. */
export function ModelWindow({ orgId, delegationId, step }: ModelWindowProps) {
  // What was sent before a step does not change any more.
  const found = useQuery({
    ...trpc.replays.window.queryOptions({ orgId, delegationId, step }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [openAt, setOpenAt] = useState<number | null>(null)
  if (found.error) return <p className="text-13 text-danger">{readProblem(found.error).message}</p>
  if (!found.data) return <SkeletonLines count={3} label="Loading what was sent" />
  const { parts, estimated, counted } = found.data
  const shares = sharesOf(parts)
  return (
    <section aria-label="Context window">
      <h4 className="mb-1 flex flex-wrap justify-between gap-x-2 text-12 text-fg-2">
        <span>What it was sent</span>
        <span className="font-mono tabular-nums" title="Counted with one tokenizer for all models">
          ≈ {estimated.toLocaleString('en')} tokens{counted !== null && `, billed ${counted.toLocaleString('en')}`}
        </span>
      </h4>
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-4 bg-surface-3">
        {shares.map(({ kind, percent }) => (
          <span key={kind} className={colors[kind]} style={{ width: `${percent}%` }} title={words[kind]} />
        ))}
      </div>
      <ul aria-label="Parts" className="mt-1">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a call that was made do not change.
          <li key={index}>
            <PartRow
              part={part}
              isOpen={openAt === index}
              onToggle={() => setOpenAt(openAt === index ? null : index)}
            />
          </li>
        ))}
      </ul>
      {parts.some(({ kind }) => kind === 'tools') && (
        <p className="mt-1 text-12 text-pretty text-fg-2">Tools are described as they are described today.</p>
      )}
    </section>
  )
}

function PartRow({ part, isOpen, onToggle }: { part: Part; isOpen: boolean; onToggle: () => void }) {
  return (
    <>
      <button
        type="button"
        data-step
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex w-full items-center gap-2 rounded-4 px-1 py-0.5 text-left text-12 hover:bg-hover"
      >
        <span aria-hidden className={classes('size-2 shrink-0 rounded-full', colors[part.kind])} />
        <span className="min-w-0 flex-1 truncate" title={part.title}>
          {part.title}
          {part.title.toLowerCase() !== words[part.kind].toLowerCase() && (
            <span className="text-fg-2"> · {words[part.kind]}</span>
          )}
        </span>
        <span className="font-mono whitespace-nowrap text-fg-2 tabular-nums">{part.tokens.toLocaleString('en')}</span>
      </button>
      {isOpen && (
        <div className="relative my-1 rounded-6 border border-line bg-surface-2">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long contents scroll, so the keyboard must reach them.
            tabIndex={0}
            className="max-h-72 overflow-auto p-2 pr-8 font-mono text-12 break-words whitespace-pre-wrap"
          >
            {part.text}
          </pre>
          <span className="absolute top-1 right-1">
            <CopyButton text={part.text} label="Copy this part" />
          </span>
        </div>
      )}
    </>
  )
}

const words: Record<Part['kind'], string> = {
  prompt: 'prompt',
  place: 'place in the organisation',
  shared: 'shared context',
  conversation: 'conversation',
  task: 'task',
  file: 'file',
  message: 'message',
  answer: 'its answer',
  memory: 'memory',
  plan: 'plan',
  result: 'result',
  tools: 'tools',
}

const colors: Record<Part['kind'], string> = {
  prompt: 'bg-(--person-0)',
  place: 'bg-(--fg-3)',
  shared: 'bg-(--state-waiting)',
  conversation: 'bg-(--person-3)',
  task: 'bg-(--accent)',
  file: 'bg-(--person-4)',
  message: 'bg-(--accent)',
  answer: 'bg-(--person-2)',
  memory: 'bg-(--person-1)',
  plan: 'bg-(--person-1)',
  result: 'bg-(--person-5)',
  tools: 'bg-(--state-paused)',
}
