import { classes } from './classes.ts'

/** Holds the place of something that is about to come, in its size. */
function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classes('animate-breathe rounded-4 bg-line', className)} />
}

const widths = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2']

export function SkeletonLines({ count = 4, label }: { count?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-2.5">
      {Array.from({ length: count }, (_, index) => index).map((line) => (
        <Skeleton key={line} className={classes('h-3.5', widths[line % widths.length])} />
      ))}
    </div>
  )
}
