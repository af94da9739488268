import { useQuery } from '@tanstack/react-query'
import { Ban, Circle, CircleCheck, CircleDot, type LucideIcon } from 'lucide-react'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import type { PlanItem, PlanItemState } from '#shared/memory/plan.ts'
import { trpc } from '../../kernel/trpc.ts'
import { classes } from '../../ui/classes.ts'

const looks: Record<PlanItemState, { icon: LucideIcon; word: string; tone: string }> = {
  todo: { icon: Circle, word: 'To do', tone: 'text-fg-3' },
  doing: { icon: CircleDot, word: 'Doing', tone: 'text-state-working' },
  done: { icon: CircleCheck, word: 'Done', tone: 'text-state-completed' },
  dropped: { icon: Ban, word: 'Dropped', tone: 'text-fg-3' },
}

/** The plan an agent made for a delegation; nothing where it made none. */
export function PlanView({ orgId, delegationId }: { orgId: OrgId; delegationId: DelegationId }) {
  const plan = useQuery({ ...trpc.memory.plan.queryOptions({ orgId, delegationId }), staleTime: 0 })
  if (!plan.data || plan.data.items.length === 0) return null
  const all = flat(plan.data.items).filter((item) => item.state !== 'dropped')
  const done = all.filter((item) => item.state === 'done').length
  return (
    <section aria-label="Plan" className="border-b border-line px-4 py-3">
      <h3 className="pb-1.5 text-12 text-fg-2">
        Plan{' '}
        <span className="tabular-nums">
          · {done} of {all.length} done
        </span>
      </h3>
      <Items items={plan.data.items} />
    </section>
  )
}

function Items({ items }: { items: readonly PlanItem[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {items.map((item) => {
        const { icon: Icon, word, tone } = looks[item.state]
        return (
          <li key={item.id}>
            <p className="flex gap-2 text-13">
              <Icon
                size={14}
                strokeWidth={1.75}
                role="img"
                aria-label={word}
                className={classes('mt-[3px] shrink-0', tone)}
              />
              <span className={classes('min-w-0 break-words', item.state === 'dropped' && 'text-fg-2 line-through')}>
                {item.title}
              </span>
            </p>
            {item.items.length > 0 && (
              <div className="mt-1 pl-5">
                <Items items={item.items} />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function flat(items: readonly PlanItem[]): PlanItem[] {
  return items.flatMap((item) => [item, ...flat(item.items)])
}
