export type ProgressProps = {
  label: string
  /** How many are done of how many; without it the length of the work is not known. */
  done?: number
  total?: number
}

/** Work that takes over a second: what it is, and how far. */
export function Progress({ label, done, total }: ProgressProps) {
  const isCounted = done !== undefined && total !== undefined && total > 0
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-3 text-12 text-fg-2">
        <span>{label}</span>
        {isCounted && (
          <span className="font-mono">
            {done} of {total}
          </span>
        )}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={isCounted ? total : undefined}
        aria-valuenow={isCounted ? done : undefined}
        className="h-1 overflow-hidden rounded-full bg-surface-3"
      >
        {isCounted ? (
          <div
            className="h-full rounded-full bg-accent transition-[width]"
            style={{ width: `${Math.min(100, (done / total) * 100)}%` }}
          />
        ) : (
          <div className="h-full w-1/3 animate-slide rounded-full bg-accent" />
        )}
      </div>
    </div>
  )
}
