import { Button } from '../../ui/button.tsx'
import { timeLeft } from './words.ts'

type ImportProgressProps = { done: number; total: number; startedAt: number; isEnding: boolean; onEnd: () => void }

/** How far it is, what is left, and a way out that leaves nothing half-done. */
export function ImportProgress({ done, total, startedAt, isEnding, onEnd }: ImportProgressProps) {
  const left = timeLeft({ done, total, passedMs: performance.now() - startedAt })
  const isWriting = done >= total && total > 0
  return (
    <div className="flex flex-col gap-3 pb-5">
      <progress
        value={done}
        max={Math.max(total, 1)}
        aria-label="Workspaces imported"
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-surface-3 [&::-webkit-progress-bar]:bg-surface-3 [&::-webkit-progress-value]:bg-accent"
      />
      <div className="flex items-center justify-between gap-3">
        <p role="status" className="text-fg-2 tabular-nums">
          {isEnding
            ? 'Ending it'
            : isWriting
              ? 'Writing the last of it'
              : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}${left ? `, ${left}` : ''}`}
        </p>
        <Button onClick={onEnd} disabled={isEnding} data-autofocus>
          End the import
        </Button>
      </div>
      <p className="text-12 text-fg-3">All of it or nothing: ended now, the organisation stays as it was.</p>
    </div>
  )
}
