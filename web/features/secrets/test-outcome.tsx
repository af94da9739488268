import { Check, CircleHelp, CloudOff, Coins, Hourglass, type LucideIcon, X } from 'lucide-react'
import { formatDuration } from '#shared/kernel/format-time.ts'
import type { KeyTest } from '#shared/secrets/contract.ts'
import { Spinner } from '../../ui/spinner.tsx'

export type TestOutcomeProps = {
  isTesting: boolean
  test: KeyTest | undefined
  /** Why it could not be tried at all. */
  problem?: string
}

/** What the service said to a key: by shape, colour and a sentence. */
export function TestOutcome({ isTesting, test, problem }: TestOutcomeProps) {
  return (
    <p role="status" className="flex min-h-4 items-start gap-1.5 text-12 text-pretty empty:hidden">
      {isTesting ? (
        <span className="flex items-center gap-1.5 text-fg-2">
          <Spinner size={12} /> Asking the service
        </span>
      ) : (
        <Said test={test} problem={problem} />
      )}
    </p>
  )
}

function Said({ test, problem }: Pick<TestOutcomeProps, 'test' | 'problem'>) {
  const look = looks[test?.outcome ?? 'unclear']
  const words = problem ?? test?.words
  if (words === undefined) return null
  return (
    <span className={`flex items-start gap-1.5 ${look.color}`}>
      <look.icon size={14} strokeWidth={2} aria-hidden className="mt-px shrink-0" />
      <span>
        {words}
        {test?.outcome === 'works' && <span className="text-fg-3"> {formatDuration(test.tookMs)}</span>}
      </span>
    </span>
  )
}

const looks: Record<KeyTest['outcome'], { icon: LucideIcon; color: string }> = {
  works: { icon: Check, color: 'text-state-completed' },
  refused: { icon: X, color: 'text-state-failed' },
  'no-credit': { icon: Coins, color: 'text-state-waiting' },
  'rate-limited': { icon: Hourglass, color: 'text-state-waiting' },
  unreachable: { icon: CloudOff, color: 'text-state-waiting' },
  unclear: { icon: CircleHelp, color: 'text-state-waiting' },
}
