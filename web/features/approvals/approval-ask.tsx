import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { notify } from '../../ui/toast.ts'
import { AnswerForm, type Decision, refusedWords } from './answer-form.tsx'
import { ArgsView } from './args-view.tsx'
import { askedQuery } from './cache.ts'
import { TimeLeft } from './time-left.tsx'
import { useAnswer } from './use-answer.ts'
import { decidedWords } from './words.ts'

type ApprovalAskProps = { orgId: OrgId; delegationId: DelegationId; step: number }

/** In a trace, at the step that waits for a yes: what it would do, and the answer. Draws nothing where it waits for none. */
export function ApprovalAsk({ orgId, delegationId, step }: ApprovalAskProps) {
  const isUnknown = useRole(orgId) === undefined
  const mayAnswer = useMay(orgId, 'approvals.answer')
  const [reason, setReason] = useState('')
  const answer = useAnswer()
  const asked = useQuery(askedQuery(orgId, delegationId)).data?.approvals.find((one) => one.step === step)
  if (!asked) return null
  const send = (decision: Decision) =>
    answer.mutate(
      { orgId, approvalId: asked.id, decision, reason },
      {
        onSuccess: () => notify({ title: `${decidedWords[decision]}: ${asked.tool}`, tone: 'done' }),
        onError: (error) => {
          const { message, fix } = readProblem(error)
          notify({ title: message, detail: fix, tone: 'failed' })
        },
      },
    )
  return (
    <section
      aria-label={`Answer at step ${step}`}
      className="mr-2 mb-2 ml-8 flex flex-col gap-2 rounded-6 border border-line bg-waiting-soft p-2"
    >
      <p className="flex justify-between gap-2 text-12">
        <span className="text-pretty">
          {asked.assignedToName === null
            ? 'Waits for a yes'
            : `Asked of ${asked.assignedToName} first; you can answer now`}
        </span>
        <TimeLeft until={asked.expiresAt} />
      </p>
      <ArgsView approval={asked} wholeAt={`in step ${step} of the trace`} />
      <AnswerForm
        about={`${asked.tool} for ${asked.workspaceName}`}
        reason={reason}
        onReason={setReason}
        onAnswer={send}
        sending={answer.isPending ? answer.variables.decision : undefined}
        refused={isUnknown || mayAnswer ? undefined : refusedWords}
        hasKeys={false}
      />
    </section>
  )
}
