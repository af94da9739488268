import { useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'

export type ConfirmRevokeProps = {
  /** What stops working. */
  what: string
  isBusy: boolean
  onRevoke: () => void
  onKeep: () => void
}

/** Revoking cannot be taken back, so it is asked for twice. */
export function ConfirmRevoke({ what, isBusy, onRevoke, onKeep }: ConfirmRevokeProps) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <fieldset aria-label={`Revoke ${what}?`} className="mt-2 flex flex-wrap items-center gap-2">
      <p className="min-w-0 flex-1 basis-48 text-12 text-pretty text-fg-2">
        Whatever uses it stops working at once. This cannot be taken back.
      </p>
      <Button ref={keep} size="small" onClick={onKeep}>
        Keep it
      </Button>
      <Button size="small" tone="danger" isBusy={isBusy} onClick={onRevoke}>
        Revoke it
      </Button>
    </fieldset>
  )
}
