import type { DelegationView } from '#shared/delegations/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import { Badge } from '../../../ui/badge.tsx'
import { useNow } from '../../../ui/clock.ts'
import { glyphColors, StatusGlyph } from '../../../ui/status-glyph.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { isAlive, stateOf, tookWords } from './state-words.ts'

export type DelegationRowProps = {
  delegation: DelegationView
  /** Who asked, or whose turn it is: said in the second line. */
  from: string
  onOpen: (delegationId: string) => void
}

/** One delegation in a list. */
export function DelegationRow({ delegation, from, onOpen }: DelegationRowProps) {
  const now = useNow()
  const { glyph, word } = stateOf(delegation)
  const { startedAt, finishedAt, createdAt } = delegation
  return (
    <button
      type="button"
      onClick={() => onOpen(delegation.id)}
      className="flex w-full gap-2 rounded-6 px-2 py-1.5 text-left hover:bg-hover"
    >
      <span className={`mt-0.5 shrink-0 ${glyphColors[glyph]}`}>
        <StatusGlyph state={glyph} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-start gap-2">
          <span className="line-clamp-2 min-w-0 flex-1 text-13 break-words" title={delegation.task}>
            {delegation.task}
          </span>
          {delegation.isRehearsal && <Badge tone="accent">Rehearsal</Badge>}
        </span>
        <span className="mt-0.5 flex gap-2 text-12 text-fg-2">
          <span className="truncate" title={`${word} · from ${from}`}>
            <span className={glyphColors[glyph]}>{word}</span> · from {from}
          </span>
          <span className="ml-auto font-mono whitespace-nowrap tabular-nums">
            {delegation.cost > 0 && `${formatMoney(delegation.cost)} · `}
            {isAlive(delegation) || !finishedAt ? (
              tookWords(startedAt, finishedAt, now) || <TimeAgo at={createdAt} />
            ) : (
              <TimeAgo at={finishedAt} />
            )}
          </span>
        </span>
      </span>
    </button>
  )
}
