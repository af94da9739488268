import { classes } from './classes.ts'

export type SwitchProps = {
  /** What it switches; its state is read out with it. */
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
  disabled?: boolean
}

/** On or off at once, without a save. */
export function Switch({ label, isOn, onChange, disabled }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={() => onChange(!isOn)}
      className={classes(
        'relative inline-flex h-4 w-7 shrink-0 rounded-full border transition-colors disabled:opacity-50',
        isOn ? 'border-accent bg-accent' : 'border-fg-3 bg-surface',
      )}
    >
      <span
        aria-hidden
        className={classes(
          'absolute top-1/2 size-2.5 -translate-y-1/2 rounded-full transition-[left]',
          isOn ? 'left-[14px] bg-on-accent' : 'left-[2px] bg-fg-3',
        )}
      />
    </button>
  )
}
