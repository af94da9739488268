import { KeyRound, ShieldQuestion } from 'lucide-react'
import type { DryParty, DryRun } from '#shared/delegations/replay-contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import { Badge } from '../../../ui/badge.tsx'
import { depthOf, keysWords, totalWords } from './words.ts'

/** What a dry run found: who would be called by whom, with what, and what it would cost. */
export function DryRunView({ run }: { run: DryRun }) {
  return (
    <section aria-label="Dry run" className="flex flex-col gap-2 rounded-6 border border-line bg-surface-2 p-3">
      <div>
        <h3 className="text-13 font-medium">Dry run</h3>
        <p role="status" className="text-12 text-fg-2 tabular-nums">
          {totalWords(run)} Played by the rehearsal model; nothing was done.
        </p>
      </div>
      <ol className="flex flex-col gap-2">
        {run.parties.map((party, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a party is known by its place in the run alone.
            key={index}
            style={{ paddingLeft: `${Math.min(depthOf(run.parties, index), 6) * 16}px` }}
          >
            <Party party={party} />
          </li>
        ))}
      </ol>
      {run.cut !== null && <p className="text-12 text-state-waiting">{run.cut}</p>}
    </section>
  )
}

function Party({ party }: { party: DryParty }) {
  const { name, model, task, calls, approvals, secrets, reason, answer, cost } = party
  const undone = [...new Set(calls.filter(({ isDone }) => !isDone).map((call) => call.name))]
  return (
    <div className="border-l-2 border-line-2 pl-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-13">
        <span className="font-medium">{name}</span>
        <span className="font-mono text-12 text-fg-2">{model}</span>
        <span className="ml-auto font-mono text-12 text-fg-2 tabular-nums">
          {cost === null ? 'price unknown' : formatMoney(cost)}
        </span>
      </p>
      <p className="line-clamp-2 text-12 break-words text-fg-2" title={task}>
        {task}
      </p>
      {undone.length > 0 && <p className="text-12 text-fg-2">Would call {undone.join(', ')}</p>}
      {(secrets.length > 0 || approvals.length > 0) && (
        <p className="mt-1 flex flex-wrap gap-1.5">
          {approvals.map((what) => (
            <Badge key={what} tone="waiting">
              <ShieldQuestion size={12} strokeWidth={1.75} aria-hidden /> {what} needs an approval
            </Badge>
          ))}
          {secrets.map((group) => (
            <Badge key={group.join()}>
              <KeyRound size={12} strokeWidth={1.75} aria-hidden /> {keysWords(group)}
            </Badge>
          ))}
        </p>
      )}
      {answer === null && <p className="text-12 text-danger">{reason ?? 'It would give no answer.'}</p>}
    </div>
  )
}
