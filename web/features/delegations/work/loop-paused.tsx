import { useMutation } from '@tanstack/react-query'
import { ArrowRight, Repeat } from 'lucide-react'
import type { LoopHoldView, ResumeLoop } from '#shared/delegations/loop-contract.ts'
import type { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { useMay } from '../../../kernel/may.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { notify } from '../../../ui/toast.ts'
import { useLoopHolds } from './use-loop-holds.ts'

/** In a delegation's trace, below the reason: what a person may answer. Nothing where the breaker does not hold it. */
export function LoopPaused({ orgId, delegationId }: { orgId: OrgId; delegationId: DelegationId }) {
  const held = useLoopHolds(orgId).find((hold) => hold.delegationId === delegationId)
  if (!held) return null
  return (
    <section aria-label="Answer the loop breaker" className={`${look} mt-3 rounded-6 border p-3`}>
      <p className="mb-2 flex gap-2 text-13">
        <Repeat size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-state-waiting" />
        The loop breaker stopped it here. What now?
      </p>
      <Answers orgId={orgId} hold={held} />
    </section>
  )
}

type HeldProps = {
  orgId: OrgId
  holds: readonly LoopHoldView[]
  /** The one that is asked about. */
  first: LoopHoldView
  onOpen: (workspaceId: WorkspaceId, delegationId: string) => void
}

/** Of the work the loop breaker has held longest, with how much more it holds. */
export function LoopHeld({ orgId, holds, first, onOpen }: HeldProps) {
  const more = holds.length - 1
  return (
    <section
      aria-label="Stopped by the loop breaker"
      className={`${look} flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2`}
    >
      <Words hold={first} more={more} />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <Answers orgId={orgId} hold={first} />
        <Button
          size="small"
          tone="ghost"
          icon={ArrowRight}
          onClick={() => onOpen(first.workspaceId, first.delegationId)}
        >
          Open the work
        </Button>
      </div>
    </section>
  )
}

const look = 'border-line bg-waiting-soft'

function Words({ hold, more = 0 }: { hold: LoopHoldView; more?: number }) {
  return (
    <div className="flex min-w-0 flex-1 basis-64 gap-2">
      <Repeat size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-state-waiting" />
      <p role="status" className="min-w-0 text-13 text-pretty">
        <span className="font-medium">{hold.workspaceName} was stopped: it goes in circles. </span>
        <span className="text-fg-2">
          {hold.sentence}
          {more > 0 && ` ${more} more ${more === 1 ? 'waits' : 'wait'} for an answer.`}
        </span>
      </p>
    </div>
  )
}

const answers = [
  { how: 'once', label: 'Let it go on once', tone: 'secondary' },
  { how: 'always', label: 'Always allow this', tone: 'secondary' },
  { how: 'end', label: 'End it', tone: 'danger' },
] as const

function Answers({ orgId, hold }: { orgId: OrgId; hold: LoopHoldView }) {
  const resume = useResumeLoop()
  const maySteer = useMay(orgId, 'delegations.steer')
  const { delegationId } = hold
  if (!maySteer) return <p className="text-12 text-fg-2">A member can answer this.</p>
  return (
    <div className="flex flex-wrap gap-2">
      {answers.map(({ how, label, tone }) => (
        <Button
          key={how}
          size="small"
          tone={tone}
          disabled={resume.isPending}
          isBusy={resume.isPending && resume.variables.how === how}
          onClick={() => resume.mutate({ orgId, delegationId, how })}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

const said: Record<ResumeLoop['how'], string> = {
  once: 'It goes on; the loop breaker counts anew',
  always: 'It goes on; this is allowed from now on',
  end: 'It was ended',
}

function useResumeLoop() {
  return useMutation(
    trpc.delegations.resumeLoop.mutationOptions({
      onSuccess: (_, { how }) => notify({ title: said[how], tone: 'done' }),
      onError: (error) => {
        const { message, fix } = readProblem(error)
        notify({ title: message, detail: fix, tone: 'failed' })
      },
      onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.delegations.loopHolds.pathKey() }),
    }),
  )
}
