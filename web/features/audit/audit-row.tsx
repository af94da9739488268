import { Bot, Cog, KeyRound, type LucideIcon, UserRound } from 'lucide-react'
import type { AuditEntry } from '#shared/audit/contract.ts'
import { classes } from '../../ui/classes.ts'
import { clockTime, fullTime } from '../../ui/exact-time.ts'
import { headlineOf, kindWords, targetOf } from './words.ts'

export const columns =
  'grid grid-cols-[4rem_minmax(0,7rem)_minmax(0,1fr)] items-baseline gap-3 wide:grid-cols-[5rem_minmax(7rem,12rem)_minmax(0,1fr)_9rem_4rem]'

const kindIcons: Record<keyof typeof kindWords, LucideIcon> = {
  person: UserRound,
  key: KeyRound,
  workspace: Bot,
  system: Cog,
}

type AuditRowProps = {
  entry: AuditEntry
  names: Readonly<Record<string, string>>
  isOpen: boolean
  onOpen: () => void
}

export function AuditRow({ entry, names, isOpen, onOpen }: AuditRowProps) {
  const { event, origin } = entry
  const who = nameOfActor(entry, names)
  const target = targetOf(entry, (id) => names[id])
  const isRefusal = event.type === 'access.refused'
  const Icon = kindIcons[event.actor.kind]
  return (
    <button
      type="button"
      data-row
      aria-pressed={isOpen}
      onClick={onOpen}
      className={classes(
        'min-h-7 w-full border-b border-line px-4 py-1 text-left focus-visible:outline-offset-[-2px]',
        columns,
        isOpen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <time dateTime={event.at} title={fullTime(event.at)} className="font-mono text-12 whitespace-nowrap text-fg-2">
        {clockTime(event.at)}
      </time>
      <span className="flex min-w-0 items-baseline gap-1.5" title={`${kindWords[event.actor.kind]}: ${who}`}>
        <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0 translate-y-0.5 text-fg-3" />
        <span className="sr-only">{kindWords[event.actor.kind]}</span>
        <span className="truncate">{who}</span>
        {event.actor.kind === 'person' && origin?.proof?.kind === 'key' && (
          <KeyRound size={12} strokeWidth={1.75} aria-label="by a key" className="shrink-0 text-fg-3" />
        )}
      </span>
      <span className="flex min-w-0 flex-wrap gap-x-2 wide:flex-nowrap" title={target}>
        <span className={classes('shrink-0', isRefusal && 'text-danger')}>{headlineOf(entry)}</span>
        <span className="min-w-0 truncate text-fg-2">{target}</span>
      </span>
      <span className="hidden truncate font-mono text-12 text-fg-2 wide:block" title={origin?.address ?? undefined}>
        {origin?.address ?? ''}
      </span>
      <span className="hidden text-right font-mono text-12 text-fg-3 wide:block">{event.seq}</span>
    </button>
  )
}

/** As they are called now, else as they were called then. */
export function nameOfActor({ event, origin }: AuditEntry, names: Readonly<Record<string, string>>): string {
  return names[event.actor.id] ?? origin?.name ?? event.actor.id
}
