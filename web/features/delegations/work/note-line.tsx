import {
  FastForward,
  Hand,
  type LucideIcon,
  MessageSquareText,
  MessagesSquare,
  Pause,
  Play,
  StickyNote,
} from 'lucide-react'
import type { StepView } from '#shared/delegations/contract.ts'
import { TimeAgo } from '../../../ui/time-ago.tsx'

const icons = new Map<string, LucideIcon>([
  ['conversation', MessagesSquare],
  ['message', MessageSquareText],
  ['hold', Pause],
  ['released', Play],
  ['approval', Hand],
  ['continued', FastForward],
])

/** What came into the work from outside: who did what, and when. */
export function NoteLine({ step }: { step: StepView }) {
  const Icon = icons.get(step.name) ?? StickyNote
  const isMessage = step.name === 'message'
  return (
    <div className={`my-0.5 flex gap-2 rounded-6 px-2 py-1.5 ${isMessage ? 'bg-accent-soft' : 'bg-surface-2'}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className="mt-[3px] shrink-0 text-fg-2" />
      <p className="min-w-0 flex-1 text-13 break-words whitespace-pre-wrap">{fullText(step)}</p>
      {step.finishedAt !== null && (
        <span className="text-12 text-fg-2">
          <TimeAgo at={step.finishedAt} />
        </span>
      )}
    </div>
  )
}

/** A message is read whole; of the rest the sentence says all. */
function fullText({ name, summary, output }: StepView): string {
  if (name !== 'message' || typeof output !== 'object' || output === null) return summary
  if (!('text' in output && 'by' in output)) return summary
  return typeof output.text === 'string' && typeof output.by === 'string' ? `${output.by}: ${output.text}` : summary
}
