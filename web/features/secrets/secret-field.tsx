import { Eye, EyeOff } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { Field, type FieldWords, inputLook } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

export type SecretFieldProps = FieldWords & {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  isFirst?: boolean
  /** Shows an address or a name as it is: there is nothing to hide. */
  isPlain?: boolean
  onBlur?: () => void
}

/** Takes a value and never shows one that was kept: hidden as one types unless asked, several lines allowed, Enter submits. */
export function SecretField({
  value,
  onChange,
  placeholder,
  isFirst,
  isPlain = false,
  onBlur,
  ...words
}: SecretFieldProps) {
  const [isShown, setShown] = useState(false)
  const submit = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }
  return (
    <Field {...words}>
      {(wiring) => (
        <span className="relative flex">
          <textarea
            {...wiring}
            rows={1}
            value={value}
            placeholder={placeholder}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            data-autofocus={isFirst || undefined}
            data-1p-ignore
            data-lpignore="true"
            onKeyDown={submit}
            onBlur={onBlur}
            onChange={(event) => onChange(event.target.value)}
            className={classes(
              inputLook,
              'field-sizing-content max-h-36 min-h-7 resize-none py-[3px] pr-8 pl-2 font-mono break-all',
              !isShown && !isPlain && value !== '' && '[-webkit-text-security:disc]',
            )}
          />
          {value !== '' && !isPlain && (
            <IconButton
              icon={isShown ? EyeOff : Eye}
              label={isShown ? 'Hide what is typed' : 'Show what is typed'}
              aria-pressed={isShown}
              size="small"
              className="absolute top-0.5 right-0.5"
              onClick={() => setShown(!isShown)}
            />
          )}
        </span>
      )}
    </Field>
  )
}
