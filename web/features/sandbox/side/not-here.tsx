import type { LucideIcon } from 'lucide-react'
import type { OtherBackend } from '#sandbox/browser/choose.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'

type NotHereProps = {
  icon: LucideIcon
  title: string
  /** What runs the code now, which has not got it. */
  backend: string
  others: readonly OtherBackend[]
}

/** Says why something is not to be had here, and what would give it. */
export function NotHere({ icon, title, backend, others }: NotHereProps) {
  return (
    <section
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: in a low pane it scrolls, so the keyboard must reach it.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto pb-3 focus-visible:outline-offset-[-2px]"
    >
      <EmptyState icon={icon} title={title}>
        <span className="block">Your code runs in {backend}, which has none.</span>
        {others.map(({ name, gives, whyNot }) => (
          <span key={name} className="mt-1 block">
            {name} would give {gives}. {whyNot}
          </span>
        ))}
      </EmptyState>
    </section>
  )
}
