import { useQuery } from '@tanstack/react-query'
import type { DelegationView } from '#shared/delegations/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { useNow } from '../../../ui/clock.ts'
import { glyphColors, StatusGlyph } from '../../../ui/status-glyph.tsx'
import { stateOf, tookWords } from './state-words.ts'

type WorkTreeProps = { orgId: OrgId; delegationId: DelegationId; onOpen: (delegationId: string) => void }

/** The whole tree this work stands in; nothing where it stands alone. */
export function WorkTree({ orgId, delegationId, onOpen }: WorkTreeProps) {
  const tree = useQuery({ ...trpc.delegations.tree.queryOptions({ orgId, delegationId }), staleTime: 0 }).data
  const root = tree?.delegations.find(({ parentId }) => parentId === null)
  if (!tree || !root || tree.delegations.length < 2) return null
  return (
    <section aria-label="Work tree" className="border-b border-line px-2 py-2">
      <h3 className="px-2 pb-1 text-12 text-fg-2 tabular-nums">
        The whole work · {tree.total}
        {tree.total > tree.delegations.length && `, the first ${tree.delegations.length} of them`}
      </h3>
      <ul>
        <Branch of={root} all={tree.delegations} currentId={delegationId} level={0} onOpen={onOpen} />
      </ul>
    </section>
  )
}

type BranchProps = {
  of: DelegationView
  all: readonly DelegationView[]
  currentId: DelegationId
  level: number
  onOpen: (delegationId: string) => void
}

function Branch({ of, all, currentId, level, onOpen }: BranchProps) {
  const below = all.filter(({ parentId }) => parentId === of.id)
  const isCurrent = of.id === currentId
  return (
    <li>
      {isCurrent ? (
        <p aria-current="true" className={`${line} bg-accent-soft`} style={{ paddingLeft: indent(level) }}>
          <Line delegation={of} />
        </p>
      ) : (
        <button
          type="button"
          onClick={() => onOpen(of.id)}
          className={`${line} hover:bg-hover`}
          style={{ paddingLeft: indent(level) }}
        >
          <Line delegation={of} />
        </button>
      )}
      {below.length > 0 && (
        <ul>
          {below.map((child) => (
            <Branch key={child.id} of={child} all={all} currentId={currentId} level={level + 1} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </li>
  )
}

const line = 'flex w-full items-center gap-2 rounded-6 py-1 pr-2 text-left text-13'

function indent(level: number): string {
  return `${8 + Math.min(level, 6) * 14}px`
}

function Line({ delegation }: { delegation: DelegationView }) {
  const now = useNow()
  const { glyph, word } = stateOf(delegation)
  const { workspaceName, task, startedAt, finishedAt, cost } = delegation
  return (
    <>
      <span className={`shrink-0 ${glyphColors[glyph]}`}>
        <StatusGlyph state={glyph} label={word} />
      </span>
      <span className="min-w-0 flex-1 truncate" title={`${workspaceName}: ${task}`}>
        <span className="font-medium">{workspaceName}</span> <span className="text-fg-2">{task}</span>
      </span>
      <span className="font-mono text-12 whitespace-nowrap text-fg-2 tabular-nums">
        {[tookWords(startedAt, finishedAt, now), cost > 0 && formatMoney(cost)].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}
