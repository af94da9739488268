import { classes } from '../../ui/classes.ts'

/** `reserved` is held by calls under way. */
export type MeterBarProps = { used: number; reserved: number; limit: number }

/** How full a limit is: what is used, and lighter what calls under way may still use. For eyes: words beside it say the same. */
export function MeterBar({ used, reserved, limit }: MeterBarProps) {
  const share = (amount: number) => (limit === 0 ? 100 : Math.min(100, (amount / limit) * 100))
  const width = (amount: number) => ({ width: `${share(amount)}%` })
  return (
    <span aria-hidden className="relative block h-1 overflow-hidden rounded-4 bg-line">
      <span className="absolute inset-y-0 left-0 bg-fg-3 opacity-50" style={width(used + reserved)} />
      <span
        className={classes('absolute inset-y-0 left-0 rounded-4', fillOf(share(used + reserved)))}
        style={width(used)}
      />
    </span>
  )
}

function fillOf(percent: number): string {
  if (percent >= 95) return 'bg-state-failed'
  return percent >= 80 ? 'bg-state-waiting' : 'bg-fg-2'
}
