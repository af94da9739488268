import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { LibraryEntry } from '#shared/templates/library.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'

/** More would be a catalogue, and nobody starts by reading one. */
const maxCards = 6

export type StartCardsProps = {
  blank: { title: string; about: string; run: () => void }
  onChoose: (entry: LibraryEntry) => void
  /** The one that is being made; the others wait. */
  chosen?: string | undefined
}

/** Where to start: a few small organisations that work at once, or nothing at all. */
export function StartCards({ blank, onChoose, chosen }: StartCardsProps) {
  const { data, error, refetch } = useQuery({
    ...trpc.templates.library.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) {
    const { message, fix } = readProblem(error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!data) return <SkeletonLines count={4} label="Loading the templates" />
  return (
    <ul aria-label="Ways to start" className="grid w-full max-w-180 gap-3 text-left wide:grid-cols-3">
      {data.slice(0, maxCards).map((entry) => (
        <li key={entry.slug}>
          <StartCard
            title={entry.name}
            about={entry.tagline}
            isBusy={chosen === entry.slug}
            isOff={chosen !== undefined}
            run={() => onChoose(entry)}
          />
        </li>
      ))}
      <li>
        <StartCard {...blank} isBusy={false} isOff={chosen !== undefined} isBlank />
      </li>
    </ul>
  )
}

type StartCardProps = {
  title: string
  about: string
  isBusy: boolean
  isOff: boolean
  isBlank?: boolean
  run: () => void
}

function StartCard({ title, about, isBusy, isOff, isBlank = false, run }: StartCardProps) {
  return (
    <button
      type="button"
      onClick={run}
      disabled={isOff}
      aria-busy={isBusy || undefined}
      className={`flex h-full min-h-22 w-full flex-col gap-1 rounded-8 border bg-surface p-3 text-left transition-colors enabled:hover:border-accent enabled:hover:bg-accent-soft disabled:opacity-60 ${isBlank ? 'border-dashed border-line-2' : 'border-line-2'}`}
    >
      <span className="flex items-center gap-1.5 font-medium">
        {isBlank && <Plus size={14} strokeWidth={1.75} aria-hidden />}
        {title}
      </span>
      <span className="line-clamp-3 text-12 text-pretty text-fg-2" title={about}>
        {isBusy ? 'Making it' : about}
      </span>
    </button>
  )
}
