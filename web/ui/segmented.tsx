import { useId } from 'react'
import { classes } from './classes.ts'

export type SegmentedProps<T extends string> = {
  label: string
  options: readonly { value: T; label: string }[]
  value: T
  onChange: (value: T) => void
}

/** One of a few, all in sight: radio buttons in the look of one control. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  const name = useId()
  return (
    <fieldset className="inline-flex min-w-0 flex-wrap rounded-6 border border-line-2 p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classes(
            'relative flex h-6 items-center rounded-4 px-2 text-12 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
            value === option.value ? 'bg-accent-soft font-medium text-accent' : 'text-fg-2 hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 opacity-0"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
