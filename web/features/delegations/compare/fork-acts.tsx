import { useMutation, useQuery } from '@tanstack/react-query'
import { Columns2, GitFork, History } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { DelegationView, StepView } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { IfMay } from '../../../kernel/if-may.tsx'
import { client, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { notify } from '../../../ui/toast.ts'

const ForkDialog = lazyPart(() => import('./fork-dialog.tsx').then((part) => ({ default: part.ForkDialog })))
const ComparisonDialog = lazyPart(() =>
  import('./comparison-dialog.tsx').then((part) => ({ default: part.ComparisonDialog })),
)

export type ForkActsProps = {
  orgId: OrgId
  delegation: DelegationView
  steps: readonly StepView[]
  onOpen: (delegationId: string) => void
}

type Asked = { what: 'nothing' } | { what: 'fork' } | { what: 'compare'; left: string; right: string }

/** What can be done with the record of a delegation: fork it, see its forks beside it, check it by replay. */
export function ForkActs({ orgId, delegation, steps, onOpen }: ForkActsProps) {
  const [asked, setAsked] = useState<Asked>({ what: 'nothing' })
  const kin = useQuery({
    ...trpc.replays.relatives.queryOptions({ orgId, delegationId: delegation.id }),
    staleTime: 0,
  }).data
  const replay = useReplay(orgId, delegation)
  const close = () => setAsked({ what: 'nothing' })
  const compare = (left: string, right: string) => setAsked({ what: 'compare', left, right })
  const source = kin?.forkedFrom ?? null
  const canFork = steps.some((step) => step.kind === 'context' && step.state === 'done')
  return (
    <section aria-label="Record" className="flex flex-col gap-2 border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <IfMay orgId={orgId} permission="delegations.fork">
          <Button size="small" icon={GitFork} disabled={!canFork} onClick={() => setAsked({ what: 'fork' })}>
            Fork at a step
          </Button>
        </IfMay>
        <Button size="small" icon={History} isBusy={replay.isPending} onClick={() => replay.mutate()}>
          Replay
        </Button>
        {source !== null && (
          <Button size="small" icon={Columns2} onClick={() => compare(source, delegation.id)}>
            Compare with the original
          </Button>
        )}
      </div>
      {kin !== undefined && kin.forks.length > 0 && (
        <ul aria-label="Forks" className="flex flex-col">
          {kin.forks.map((fork) => (
            <li key={fork.id} className="flex items-center gap-2 text-13">
              <span className="min-w-0 flex-1 truncate text-fg-2">
                Forked after step {fork.atStep}, <TimeAgo at={fork.createdAt} />
              </span>
              <Button size="small" tone="ghost" icon={Columns2} onClick={() => compare(delegation.id, fork.id)}>
                Compare
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Suspense>
        {asked.what === 'fork' && (
          <ForkDialog
            orgId={orgId}
            delegation={delegation}
            steps={steps}
            onClose={close}
            onForked={(forkId) => compare(delegation.id, forkId)}
          />
        )}
        {asked.what === 'compare' && (
          <ComparisonDialog
            orgId={orgId}
            left={asked.left}
            right={asked.right}
            onClose={close}
            onOpen={(id) => {
              close()
              onOpen(id)
            }}
          />
        )}
      </Suspense>
    </section>
  )
}

/** Decides the recorded work anew on the server and says what came of it. */
function useReplay(orgId: OrgId, { id: delegationId }: DelegationView) {
  return useMutation({
    mutationFn: () => client.replays.replay.query({ orgId, delegationId }),
    onSuccess: ({ equal, steps, mismatch }) => {
      const count = steps === 1 ? 'One step' : `All ${steps} steps`
      if (equal) {
        notify({
          title: 'The replay is the same, byte for byte',
          detail: `${count} decided anew, no model called.`,
          tone: 'done',
        })
        return
      }
      notify({
        title: `The replay differs at step ${mismatch?.step ?? 0}`,
        detail: 'The record and the decision made now do not agree.',
        tone: 'failed',
      })
    },
    onError: (error) => {
      const { message, fix } = readProblem(error)
      notify({ title: message, detail: fix, tone: 'failed' })
    },
  })
}
