import { ChevronDown } from 'lucide-react'
import { classes } from './classes.ts'
import { Field, type FieldWords, inputLook } from './field.tsx'

export type SelectOption<T extends string> = { value: T; label: string; isDisabled?: boolean }

export type SelectProps<T extends string> = FieldWords & {
  value: T
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
  disabled?: boolean
}

/** The platform's own list: right on a phone, known to every screen reader. */
export function Select<T extends string>({ value, options, onChange, disabled, ...words }: SelectProps<T>) {
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next)
    if (option) onChange(option.value)
  }
  return (
    <Field {...words}>
      {(wiring) => (
        <span className="relative flex">
          <select
            {...wiring}
            value={value}
            disabled={disabled}
            onChange={(event) => choose(event.target.value)}
            className={classes(inputLook, 'h-7 appearance-none pr-7 pl-2')}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.isDisabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            size={14}
            strokeWidth={1.75}
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-fg-3"
          />
        </span>
      )}
    </Field>
  )
}
