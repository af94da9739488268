import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

export type FieldWords = {
  label: string
  /** Hides the label from sight where the place says it already; it is still read out. */
  isLabelHidden?: boolean
  hint?: ReactNode
  /** What is wrong and how to mend it. */
  error?: string
}

export type FieldWiring = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }

/** The look of everything one types or chooses in. */
export const inputLook =
  'w-full rounded-6 border border-line-2 bg-surface text-13 text-fg placeholder:text-fg-3 focus-visible:outline-offset-[-1px] disabled:opacity-50 aria-invalid:border-danger'

/** Label, hint and error around one control, wired for screen readers. */
export function Field({
  label,
  isLabelHidden = false,
  hint,
  error,
  children,
}: FieldWords & { children: (wiring: FieldWiring) => ReactNode }) {
  const id = useId()
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={classes('text-13 font-medium', isLabelHidden && 'sr-only')}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error !== undefined || undefined })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-12 text-fg-3">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="flex gap-1.5 text-12 text-danger">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
          {error}
        </p>
      )}
    </div>
  )
}
