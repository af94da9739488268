import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Tooltip, type TooltipSide } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  icon: LucideIcon
  /** The accessible name, shown on hover and focus too. */
  label: string
  /** Key caps shown beside the label. */
  keys?: readonly string[]
  side?: TooltipSide
  size?: 'small' | 'medium' | 'large'
  isActive?: boolean
}

const sizes = { small: 'size-6', medium: 'size-7', large: 'size-9' }

export function IconButton({
  icon: Icon,
  label,
  keys,
  side,
  size = 'medium',
  isActive = false,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys} side={side}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={classes(
          'inline-flex shrink-0 items-center justify-center rounded-6 transition-colors disabled:opacity-50',
          isActive ? 'bg-accent-soft text-accent' : 'text-fg-2 enabled:hover:bg-hover enabled:hover:text-fg',
          sizes[size],
          className,
        )}
      >
        <Icon size={size === 'large' ? 18 : 16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
