import { TextField } from '../../ui/text-field.tsx'

export type PasswordFieldProps = {
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  isFirst?: boolean
}

/** The password one has, asked for before something about the account changes. */
export function PasswordField({ value, onChange, error, isFirst = false }: PasswordFieldProps) {
  return (
    <TextField
      label="Your password"
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={onChange}
      {...(isFirst && { 'data-autofocus': true })}
      {...(error !== undefined && { error })}
    />
  )
}
