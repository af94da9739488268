import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Field, type FieldWords, inputLook } from './field.tsx'

export type TextFieldProps = FieldWords &
  Omit<ComponentProps<'input'>, 'id' | 'value' | 'onChange'> & {
    value: string
    onChange: (value: string) => void
  }

export function TextField({ label, isLabelHidden, hint, error, value, onChange, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} isLabelHidden={isLabelHidden} hint={hint} error={error}>
      {(wiring) => (
        <input
          type="text"
          spellCheck={false}
          {...rest}
          {...wiring}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={classes(inputLook, 'h-7 px-2', className)}
        />
      )}
    </Field>
  )
}
