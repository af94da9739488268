import { useQuery } from '@tanstack/react-query'
import { FlaskConical, ListChecks } from 'lucide-react'
import { useState } from 'react'
import type { PromptCases } from '#shared/delegations/replay-contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Select } from '../../../ui/select.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { ProblemText } from '../../workspaces/index.ts'
import { CaseRow } from './case-row.tsx'
import type { TryPromptProps } from './edited-prompt.ts'
import { costOf, summaryOf } from './summary.ts'
import { useTrials } from './use-trials.ts'

const counts = ['5', '10', '20'] as const

/** How the last work of a workspace would have ended with the prompt that is being edited. */
export function PromptEffectDialog({ orgId, workspace, prompt, onClose }: TryPromptProps & { onClose: () => void }) {
  const [count, setCount] = useState<(typeof counts)[number]>('5')
  const found = useQuery({
    ...trpc.replays.promptCases.queryOptions({ orgId, workspaceId: workspace.id, last: Number(count) }),
    staleTime: 0,
  })
  const trials = useTrials({ orgId, workspaceId: workspace.id, prompt: prompt.text })
  const cases = found.data?.cases ?? []
  const act = (work: () => void) => () => {
    trials.stop()
    work()
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={act(() => {})}
      width="full"
      title={`Try this prompt of ${workspace.name} on recorded work`}
      description={found.data && <Words of={found.data} />}
      footer={
        prompt.isUnsaved ? (
          <>
            <Button onClick={act(() => {})}>Keep editing</Button>
            <Button onClick={act(prompt.drop)}>Drop the change</Button>
            <Button tone={trials.done > 0 ? 'primary' : 'secondary'} onClick={act(prompt.save)}>
              Save the prompt
            </Button>
          </>
        ) : (
          <Button onClick={act(() => {})}>Close</Button>
        )
      }
    >
      {found.error && <ProblemText error={found.error} />}
      {!found.data && !found.error && <SkeletonLines count={5} label="Looking for recorded work" />}
      {found.data && cases.length === 0 && (
        <EmptyState icon={ListChecks} title={`${workspace.name} has completed no work yet`}>
          Give it a task first; what it completes is recorded and can be tried with another prompt.
        </EmptyState>
      )}
      {found.data && cases.length > 0 && (
        <div className="flex flex-col gap-3 pb-2">
          <div className="flex flex-wrap items-end gap-2">
            <div className="w-44">
              <Select
                label="Recorded work"
                value={count}
                onChange={setCount}
                disabled={trials.isRunning}
                options={counts.map((value) => ({ value, label: `The last ${value}` }))}
              />
            </div>
            {trials.isRunning ? (
              <Button onClick={trials.stop}>Stop trying</Button>
            ) : (
              <Button
                tone={trials.done > 0 ? 'secondary' : 'primary'}
                icon={FlaskConical}
                disabled={!costOf(found.data).isKnown}
                onClick={() => void trials.run(cases.map(({ delegationId }) => delegationId))}
                data-autofocus
              >
                {costOf(found.data).act}
              </Button>
            )}
            <p role="status" className="ml-auto self-center text-13 text-fg-2 tabular-nums">
              {summaryOf(trials, cases.length)}
            </p>
          </div>
          <ul aria-label="Cases" className="flex flex-col">
            {cases.map((one) => (
              <CaseRow
                key={one.delegationId}
                of={one}
                trial={trials.of(one.delegationId)}
                isRehearsal={found.data.isRehearsal}
              />
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}

function Words({ of }: { of: PromptCases }) {
  const { total, isKnown } = costOf(of)
  const answers = 'Its calls get what was recorded; nothing is done.'
  if (of.isRehearsal) return <>The rehearsal model plays it again, at no cost. {answers}</>
  if (!isKnown) return <>Nobody knows what {of.model} costs, so it is not asked. An admin or owner can set its price.</>
  return (
    <>
      {of.model} is really asked, for about {formatMoney(total)} in all. {answers}
    </>
  )
}
