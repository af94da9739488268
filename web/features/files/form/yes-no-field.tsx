import { Select } from '../../../ui/select.tsx'

export type YesNoFieldProps = {
  label: string
  hint?: string
  error?: string | undefined
  /** As it is written; empty where the config does not say. */
  text: string
  isLocked: boolean
  onChange: (value: boolean | undefined) => void
}

/** Yes, no, or not said: then the default counts. */
export function YesNoField({ text, isLocked, onChange, error, ...words }: YesNoFieldProps) {
  return (
    <Select
      {...words}
      {...(error !== undefined && { error })}
      value={text === 'true' || text === 'false' ? text : 'default'}
      disabled={isLocked}
      onChange={(chosen) => onChange(chosen === 'default' ? undefined : chosen === 'true')}
      options={[
        { value: 'default', label: 'Not said: the default' },
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ]}
    />
  )
}
