import { classes } from './classes.ts'

export type KbdProps = { keys: readonly string[]; isOnAccent?: boolean }

/** Key caps, e.g. ["⌘", "K"]. */
export function Kbd({ keys, isOnAccent = false }: KbdProps) {
  return (
    <kbd
      className={classes(
        'pointer-coarse:hidden inline-flex h-[18px] shrink-0 items-center gap-0.5 rounded-4 border px-1 font-mono text-[11px] leading-none',
        isOnAccent ? 'border-current text-on-accent' : 'border-line-2 text-fg-3',
      )}
    >
      {keys.map((key) => (
        <span key={key}>{key}</span>
      ))}
    </kbd>
  )
}
