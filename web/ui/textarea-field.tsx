import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Field, type FieldWords, inputLook } from './field.tsx'

export type TextareaFieldProps = FieldWords &
  Omit<ComponentProps<'textarea'>, 'id' | 'value' | 'onChange'> & {
    value: string
    onChange: (value: string) => void
  }

/** Grows with its text up to ten lines. */
export function TextareaField({
  label,
  isLabelHidden,
  hint,
  error,
  value,
  onChange,
  className,
  ...rest
}: TextareaFieldProps) {
  return (
    <Field label={label} isLabelHidden={isLabelHidden} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          rows={3}
          {...rest}
          {...wiring}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={classes(inputLook, 'field-sizing-content max-h-52 min-h-16 resize-none px-2 py-1', className)}
        />
      )}
    </Field>
  )
}
