import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgLimit } from '#shared/limits/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { amountWords, whatFor } from './words.ts'

/** What the organisation may, and how much of it is used. */
export function LimitsSection({ orgId }: { orgId: OrgId }) {
  const limits = useQuery({ ...trpc.limits.list.queryOptions({ orgId }), staleTime: 0 })
  if (limits.data) return <Limits limits={limits.data} />
  if (!limits.error) {
    return (
      <div className="p-4">
        <SkeletonLines count={6} label="Loading the limits" />
      </div>
    )
  }
  const { message, fix } = readProblem(limits.error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void limits.refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}

function Limits({ limits }: { limits: readonly OrgLimit[] }) {
  const quotas = limits.filter(({ used }) => used !== null)
  const paces = limits.filter(({ used }) => used === null)
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
      <dl className="flex flex-col gap-4">
        {quotas.map((limit) => (
          <Quota key={limit.name} limit={limit} />
        ))}
      </dl>
      <section aria-labelledby="pace-title" className="flex flex-col gap-2 border-line border-t pt-4">
        <h3 id="pace-title" className="font-medium text-13">
          Pace
        </h3>
        <dl className="flex flex-col gap-1">
          {paces.map(({ name, allowed, isAgreed }) => (
            <div key={name} className="flex items-baseline justify-between gap-3 text-13">
              <dt className="text-fg-2">{whatFor[name].title}</dt>
              <dd className="tabular-nums">
                {amountWords(name, allowed)}
                {isAgreed && <Agreed />}
              </dd>
            </div>
          ))}
        </dl>
        <p className="text-12 text-fg-2">
          What comes faster waits a moment, and is refused only when it goes on. Other organisations notice nothing of
          it.
        </p>
      </section>
      <p className="text-12 text-fg-2">Whoever runs this server can change these limits.</p>
    </div>
  )
}

function Quota({ limit: { name, used, allowed, isAgreed } }: { limit: OrgLimit }) {
  const { title, detail } = whatFor[name]
  const percent = allowed === 0 ? 100 : Math.min(100, ((used ?? 0) / allowed) * 100)
  return (
    <div className="grid grid-cols-[1fr_auto] items-baseline gap-x-3 gap-y-1 text-13">
      <dt className="font-medium">{title}</dt>
      <dd className="text-fg-2 tabular-nums">
        <span className="text-fg">{amountWords(name, used ?? 0)}</span> of {amountWords(name, allowed)}
        {isAgreed && <Agreed />}
      </dd>
      <dd className="col-span-2 flex flex-col gap-1">
        <span aria-hidden className="block h-1 overflow-hidden rounded-4 bg-line">
          <span className={classes('block h-full rounded-4', fillOf(percent))} style={{ width: `${percent}%` }} />
        </span>
        {percent >= 80 && <p className={classes('text-12', percent >= 95 ? 'text-danger' : 'text-fg-2')}>{detail}</p>}
      </dd>
    </div>
  )
}

function Agreed() {
  return (
    <span className="text-12 text-fg-3" title="Set for this organisation by whoever runs this server">
      {' '}
      · agreed
    </span>
  )
}

function fillOf(percent: number): string {
  if (percent >= 95) return 'bg-state-failed'
  return percent >= 80 ? 'bg-state-waiting' : 'bg-fg-2'
}
