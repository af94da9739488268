import { TextField } from '../../ui/text-field.tsx'

export const shortestPassword = 12

export type NewPasswordFieldProps = {
  label?: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  autoFocus?: boolean
}

/** A password to be: says how far it is from long enough while it is typed. */
export function NewPasswordField({ label = 'New password', value, onChange, error, autoFocus }: NewPasswordFieldProps) {
  const missing = shortestPassword - value.length
  const hint =
    value === ''
      ? 'At least 12 characters. A few words in a row are fine.'
      : missing > 0
        ? `${missing} more ${missing === 1 ? 'character' : 'characters'}.`
        : 'Long enough.'
  return (
    <TextField
      label={label}
      type="password"
      autoComplete="new-password"
      autoFocus={autoFocus}
      maxLength={128}
      hint={hint}
      value={value}
      onChange={onChange}
      {...(error !== undefined && { error })}
    />
  )
}
