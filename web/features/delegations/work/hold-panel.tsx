import { useMutation } from '@tanstack/react-query'
import { CircleX, RotateCcw, SkipForward } from 'lucide-react'
import type { HoldView } from '#shared/delegations/contract.ts'
import { formatDuration } from '#shared/kernel/format-time.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { useMay } from '../../../kernel/may.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { notify } from '../../../ui/toast.ts'

type HoldPanelProps = { orgId: OrgId; delegationId: DelegationId; hold: HoldView }

/** What releases work that stands still: the clock, or a person's decision. The reason itself stands above. */
export function HoldPanel({ orgId, delegationId, hold }: HoldPanelProps) {
  if (hold.code === 'interrupted') return <Interrupted orgId={orgId} delegationId={delegationId} />
  if (hold.againAt !== null) return <Again at={hold.againAt} />
  return null
}

function Again({ at }: { at: string }) {
  const left = Date.parse(at) - useNow()
  return (
    <p className="mt-2 text-13 text-fg-2 tabular-nums">
      {left > 1_000 ? `Tries again in ${formatDuration(Math.ceil(left / 1_000) * 1_000)}.` : 'Tries again now.'}
    </p>
  )
}

const ways = [
  { how: 'again', label: 'Run it again', icon: RotateCcw, tone: 'secondary' },
  { how: 'skip', label: 'Skip it', icon: SkipForward, tone: 'secondary' },
  { how: 'end', label: 'End the work', icon: CircleX, tone: 'danger' },
] as const

function Interrupted({ orgId, delegationId }: { orgId: OrgId; delegationId: DelegationId }) {
  const maySteer = useMay(orgId, 'delegations.steer')
  const settle = useMutation(
    trpc.delegations.settleInterrupted.mutationOptions({
      onError: (error) => {
        const { message, fix } = readProblem(error)
        notify({ title: message, detail: fix, tone: 'failed' })
      },
    }),
  )
  return (
    <section
      aria-label="Decide about the interrupted step"
      className="mt-3 rounded-6 border border-line bg-waiting-soft p-3"
    >
      <p className="mb-2 text-13 text-pretty">
        Nobody knows whether it happened. Run it again only if doing it twice does no harm; skipped, the agent is told
        that it is unknown.
      </p>
      {!maySteer && <p className="text-12 text-fg-2">A member can decide this.</p>}
      <div className="flex flex-wrap gap-2">
        {(maySteer ? ways : []).map(({ how, label, icon, tone }) => (
          <Button
            key={how}
            size="small"
            tone={tone}
            icon={icon}
            disabled={settle.isPending}
            isBusy={settle.isPending && settle.variables.how === how}
            onClick={() => settle.mutate({ orgId, delegationId, how })}
          >
            {label}
          </Button>
        ))}
      </div>
    </section>
  )
}
