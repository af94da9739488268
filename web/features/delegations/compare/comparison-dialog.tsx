import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DelegationView } from '#shared/delegations/contract.ts'
import type { Comparison } from '#shared/delegations/replay-contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { StatusLabel } from '../../../ui/status-glyph.tsx'
import { ProblemText } from '../../workspaces/index.ts'
import { stateOf, tookWords } from '../work/state-words.ts'
import { ComparedSteps } from './compared-steps.tsx'
import { Difference } from './difference.tsx'

export type ComparisonDialogProps = {
  orgId: OrgId
  left: string
  right: string
  onOpen: (delegationId: string) => void
  onClose: () => void
}

/** Two delegations side by side: how they stand, what they answered, what they cost, and every step. */
export function ComparisonDialog({ orgId, left, right, onOpen, onClose }: ComparisonDialogProps) {
  const both = useQuery({
    ...trpc.replays.compare.queryOptions({ orgId, left, right }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
  const { data } = both
  const names = data?.isFork ? { left: 'Original', right: 'Fork' } : { left: 'Left', right: 'Right' }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="full"
      title={data?.isFork ? 'Original and fork, side by side' : 'Side by side'}
      description={data && describe(data)}
      footer={
        <>
          <Button onClick={() => onOpen(right)}>Open the {names.right.toLowerCase()}</Button>
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </>
      }
    >
      {both.error && <ProblemText error={both.error} />}
      {!data && !both.error && <SkeletonLines count={8} label="Comparing" />}
      {data && (
        <div className="flex flex-col gap-4 pb-2">
          <p className="text-13 font-medium break-words">{data.left.delegation.task}</p>
          <Figures both={data} names={names} />
          <Difference
            before={answerOf(data.left.delegation, names.left)}
            after={answerOf(data.right.delegation, names.right)}
          />
          <ComparedSteps both={data} names={names} />
        </div>
      )}
    </Dialog>
  )
}

function describe({ isFork, shared }: Comparison): string {
  const steps = shared === 1 ? 'one step' : `${shared} steps`
  if (isFork) return `The fork took over ${steps}; it did not take or pay for them again.`
  return shared === 0 ? 'They have no beginning in common.' : `Both begin with the same ${steps}.`
}

function answerOf({ answer, reason, state, isRehearsal }: DelegationView, name: string) {
  const ended = state === 'failed' || state === 'cancelled'
  const title = `Answer of the ${name.toLowerCase()}${isRehearsal ? ', in rehearsal' : ''}`
  return { title, text: answer, none: reason ?? (ended ? 'It ended without an answer.' : 'It is still at work.') }
}

type Names = { left: string; right: string }

function Figures({ both, names }: { both: Comparison; names: Names }) {
  const now = useNow()
  const tokensOf = ({ inputTokens, outputTokens }: DelegationView) => inputTokens + outputTokens
  const [left, right] = [both.left.delegation, both.right.delegation]
  const rows = [
    { title: 'Steps', left: `${left.stepsTaken}`, right: `${right.stepsTaken}` },
    { title: 'Tokens', left: tokensOf(left).toLocaleString(), right: tokensOf(right).toLocaleString() },
    { title: 'Cost', left: formatMoney(left.cost), right: formatMoney(right.cost) },
    {
      title: 'Time',
      left: tookWords(left.startedAt, left.finishedAt, now) || '–',
      right: tookWords(right.startedAt, right.finishedAt, now) || '–',
    },
  ]
  return (
    <table className="w-full text-13">
      <caption className="sr-only">Figures of both</caption>
      <thead>
        <tr className="border-b border-line text-left">
          <th scope="col" className="w-28 py-1.5 text-12 font-normal text-fg-2">
            <span className="sr-only">Figure</span>
          </th>
          <Head name={names.left} delegation={left} />
          <Head name={names.right} delegation={right} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.title} className="border-b border-line last:border-0">
            <th scope="row" className="py-1.5 text-left text-12 font-normal text-fg-2">
              {row.title}
            </th>
            <td className="py-1.5 font-mono tabular-nums">{row.left}</td>
            <td className="py-1.5 font-mono tabular-nums">
              {row.right}
              {row.title === 'Cost' && both.isFork && both.sharedCost > 0 && (
                <span className="text-fg-2"> + {formatMoney(both.sharedCost)} shared</span>
              )}
              {row.title === 'Tokens' && both.isFork && both.sharedTokens > 0 && (
                <span className="text-fg-2"> + {both.sharedTokens.toLocaleString()} shared</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Head({ name, delegation }: { name: string; delegation: DelegationView }) {
  const { glyph, word } = stateOf(delegation)
  return (
    <th scope="col" className="py-1.5 font-medium">
      <span className="flex flex-wrap items-center gap-x-2">
        {name}
        <span className="text-12">
          <StatusLabel state={glyph}>{word}</StatusLabel>
        </span>
      </span>
    </th>
  )
}
