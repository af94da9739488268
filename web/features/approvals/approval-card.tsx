import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import type { ApprovalView } from '#shared/approvals/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { classes } from '../../ui/classes.ts'
import { glyphColors, StatusGlyph } from '../../ui/status-glyph.tsx'
import { AnswerForm, type Decision } from './answer-form.tsx'
import { ArgsView } from './args-view.tsx'
import { TimeLeft } from './time-left.tsx'
import { argsLine, wantsWords } from './words.ts'

type ApprovalCardProps = {
  orgId: OrgId
  approval: ApprovalView
  isActive: boolean
  onActivate: () => void
  onMove: (by: 1 | -1) => void
  onAnswer: (decision: Decision, reason: string) => void
  sending: Decision | undefined
  refused: string | undefined
}

/** One question: in a line who asks for what; open, with what the call would do, and the answer. */
export function ApprovalCard({
  orgId,
  approval,
  isActive,
  onActivate,
  onMove,
  onAnswer,
  sending,
  refused,
}: ApprovalCardProps) {
  const [reason, setReason] = useState('')
  const { workspaceName, tool, task, args, assignedToName, expiresAt } = approval
  const answer = (decision: Decision) => {
    if (sending === undefined && refused === undefined) onAnswer(decision, reason)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.altKey || event.ctrlKey || event.metaKey || event.repeat ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    if (act === 'up' || act === 'down') onMove(act === 'down' ? 1 : -1)
    else answer(act)
  }
  return (
    <article aria-label={`${workspaceName}: ${tool}`} className={classes('rounded-6', isActive && 'bg-surface-2')}>
      <button
        type="button"
        aria-expanded={isActive}
        aria-keyshortcuts="A D ArrowDown ArrowUp"
        tabIndex={isActive ? 0 : -1}
        onFocus={onActivate}
        onClick={onActivate}
        onKeyDown={onKeyDown}
        className="flex w-full gap-2 rounded-6 p-2 text-left hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <span className={`mt-0.5 shrink-0 ${glyphColors['waiting-approval']}`}>
          <StatusGlyph state="waiting-approval" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block text-13 break-words">
            <span className="font-medium">{workspaceName}</span>{' '}
            <span className="text-fg-2">{wantsWords(approval)}</span> <span className="font-mono text-12">{tool}</span>
          </span>
          <span className="flex gap-2 text-12 text-fg-2">
            <span
              className={classes('min-w-0 flex-1 break-words', isActive ? 'line-clamp-4' : 'line-clamp-1')}
              title={task}
            >
              {isActive ? task : argsLine(args) || task}
            </span>
            <TimeLeft until={expiresAt} />
          </span>
        </span>
      </button>
      {isActive && (
        <div className="flex flex-col gap-2 pt-1 pr-2 pb-2 pl-8">
          <ArgsView approval={approval} wholeAt={<ToStep orgId={orgId} approval={approval} />} />
          {assignedToName !== null && (
            <p className="text-12 text-fg-2">
              Asked of {assignedToName} first; without an answer it comes to people. You can answer now.
            </p>
          )}
          <AnswerForm
            about={`${tool} for ${workspaceName}`}
            reason={reason}
            onReason={setReason}
            onAnswer={answer}
            sending={sending}
            refused={refused}
            hasKeys
          />
        </div>
      )}
    </article>
  )
}

function ToStep({ orgId, approval }: Pick<ApprovalCardProps, 'orgId' | 'approval'>) {
  const search = { w: approval.workspaceId, tab: 'work', d: approval.delegationId } as const
  return (
    <Link to="/o/$orgId" params={{ orgId }} search={search} className="text-accent underline underline-offset-2">
      in step {approval.step} of the trace
    </Link>
  )
}

const keys: Readonly<Record<string, Decision | 'up' | 'down'>> = {
  a: 'approved',
  A: 'approved',
  d: 'denied',
  D: 'denied',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
