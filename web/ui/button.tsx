import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Spinner } from './spinner.tsx'

export type ButtonTone = 'primary' | 'secondary' | 'ghost' | 'danger'

export type ButtonProps = ComponentProps<'button'> & {
  /** One `primary` a view at most: the thing most people came to do. */
  tone?: ButtonTone
  size?: 'small' | 'medium'
  icon?: LucideIcon
  /** Shown after the words, e.g. a key cap; no part of the button's name. */
  trailing?: ReactNode
  /** The act is under way: the button keeps its words and its size, and waits. */
  isBusy?: boolean
}

const base =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-6 font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50'

const sizes = { small: 'h-6 px-2 text-12', medium: 'h-7 px-2.5 text-13' }

const tones: Record<ButtonTone, string> = {
  // Where the system chooses the colours only a border tells a button.
  primary: 'bg-accent text-on-accent enabled:hover:bg-accent-hover forced-colors:border',
  secondary: 'border border-line-2 bg-surface text-fg enabled:hover:bg-surface-3',
  ghost: 'text-fg-2 enabled:hover:bg-hover enabled:hover:text-fg',
  danger: 'border border-line-2 bg-surface text-danger enabled:hover:bg-danger-soft',
}

export function Button({
  tone = 'secondary',
  size = 'medium',
  icon: Icon,
  trailing,
  isBusy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={isBusy || undefined}
      {...rest}
      disabled={rest.disabled || isBusy}
      className={classes(base, sizes[size], tones[tone], className)}
    >
      {isBusy ? <Spinner /> : Icon && <Icon size={size === 'small' ? 14 : 16} strokeWidth={1.75} aria-hidden />}
      {children}
      {trailing !== undefined && (
        <span aria-hidden className="contents">
          {trailing}
        </span>
      )}
    </button>
  )
}
