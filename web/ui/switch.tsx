import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

export type SwitchProps = {
  label: string
  hint?: ReactNode
  isOn: boolean
  onChange: (isOn: boolean) => void
  disabled?: boolean
}

/** Takes effect at once; what needs a save is a checkbox in a form. */
export function Switch({ label, hint, isOn, onChange, disabled }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <label htmlFor={id} className="text-13 font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-12 text-fg-3">
            {hint}
          </p>
        )}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        disabled={disabled}
        onClick={() => onChange(!isOn)}
        className={classes(
          'mt-0.5 flex h-4 w-7 shrink-0 items-center rounded-full p-0.5 transition-colors disabled:opacity-50',
          isOn ? 'bg-accent' : 'bg-fg-3',
        )}
      >
        <span className={classes('size-3 rounded-full bg-surface transition-transform', isOn && 'translate-x-3')} />
      </button>
    </div>
  )
}
