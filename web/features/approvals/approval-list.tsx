import { useQuery } from '@tanstack/react-query'
import { Hand } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ApprovalView } from '#shared/approvals/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type Decision, refusedWords } from './answer-form.tsx'
import { ApprovalCard } from './approval-card.tsx'
import { askApprovals } from './ask.ts'
import { useAnswer } from './use-answer.ts'
import { decidedWords } from './words.ts'

type ApprovalListProps = { orgId: OrgId; approvals: readonly ApprovalView[]; pending: number }

/** What waits, oldest first. One is open; after its answer the next one is, and has the focus. */
export function ApprovalList({ orgId, approvals, pending }: ApprovalListProps) {
  const isUnknown = useRole(orgId) === undefined
  const mayAnswer = useMay(orgId, 'approvals.answer')
  const mayMake = useMay(orgId, 'approvals.rules.write')
  const list = useRef<HTMLUListElement>(null)
  const wantsFocus = useRef(true)
  const [chosen, setChosen] = useState<string | undefined>()
  const [said, setSaid] = useState('')
  const answer = useAnswer()
  const active = approvals.find(({ id }) => id === chosen) ?? approvals[0]

  const openBeside = (from: ApprovalView, by: 1 | -1) => {
    const at = approvals.indexOf(from)
    const next = approvals[at + by]
    if (!next) return
    wantsFocus.current = true
    setChosen(next.id)
  }
  const send = (approval: ApprovalView, decision: Decision, reason: string) => {
    setSaid('')
    const after = () => openBeside(approval, approvals.at(-1) === approval ? -1 : 1)
    answer.mutate(
      { orgId, approvalId: approval.id, decision, reason },
      {
        onSuccess: () => {
          setSaid(`${decidedWords[decision]}: ${approval.tool} for ${approval.workspaceName}.`)
          after()
        },
        // What is over is gone from the list; what this person may not answer stays.
        onError: (error) => {
          if (isOver(error)) after()
        },
      },
    )
  }
  useEffect(() => {
    if (!wantsFocus.current || !active) return
    wantsFocus.current = false
    list.current?.querySelector<HTMLButtonElement>('button[aria-expanded="true"]')?.focus()
  })
  const problem = answer.error ? readProblem(answer.error) : undefined
  return (
    <>
      {problem && <ErrorPanel title={problem.message}>{problem.fix}</ErrorPanel>}
      <p role="status" className={said === '' ? 'sr-only' : 'px-4 pt-2 text-12 text-fg-2'}>
        {said}
      </p>
      {approvals.length === 0 ? (
        <Nothing orgId={orgId} mayMake={mayMake} />
      ) : (
        <ul ref={list} aria-label="Waiting for approval" className="flex flex-col gap-0.5 p-2">
          {approvals.map((approval) => (
            <li key={approval.id}>
              <ApprovalCard
                orgId={orgId}
                approval={approval}
                isActive={approval === active}
                onActivate={() => setChosen(approval.id)}
                onMove={(by) => openBeside(approval, by)}
                onAnswer={(decision, reason) => send(approval, decision, reason)}
                sending={
                  answer.isPending && answer.variables.approvalId === approval.id
                    ? answer.variables.decision
                    : undefined
                }
                refused={isUnknown || mayAnswer ? undefined : refusedWords}
              />
            </li>
          ))}
        </ul>
      )}
      {pending > approvals.length && (
        <p className="px-4 pb-3 text-12 text-fg-2">{pending - approvals.length} more after these.</p>
      )}
    </>
  )
}

function isOver(error: unknown): boolean {
  const { code } = readProblem(error)
  return code === 'conflict' || code === 'not-found'
}

function Nothing({ orgId, mayMake }: { orgId: OrgId; mayMake: boolean }) {
  const rules = useQuery(trpc.approvals.rules.queryOptions({ orgId })).data
  const isNew = rules?.length === 0 && mayMake
  return (
    <EmptyState
      icon={Hand}
      title="Nothing waits for approval"
      action={<Button onClick={() => askApprovals('rules')}>{isNew ? 'Make a rule' : 'See the rules'}</Button>}
    >
      A rule makes agents ask before they use a tool or make a dear model call. The work waits, holding nothing, until
      somebody says yes or no.
    </EmptyState>
  )
}
