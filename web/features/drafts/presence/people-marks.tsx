import type { Person } from './presence-store.ts'

export type PeopleMarksProps = {
  people: readonly Person[]
  /** More than so many are counted. */
  most?: number
  size?: 'small' | 'normal'
}

/** The people as small marks with the first letters of their names, each in its own colour; names are said and shown on hover. */
export function PeopleMarks({ people, most = 3, size = 'normal' }: PeopleMarksProps) {
  if (people.length === 0) return null
  const shown = people.length > most ? people.slice(0, most - 1) : people
  const rest = people.slice(shown.length)
  const box = size === 'small' ? 'size-4 text-[8px]' : 'size-5 text-[9px]'
  return (
    <span role="img" aria-label={`Here: ${people.map(saying).join(', ')}`} className="flex shrink-0 -space-x-1">
      {shown.map((person) => (
        <span
          key={person.userId}
          title={saying(person)}
          className={`flex ${box} items-center justify-center rounded-full font-semibold ring-1 ring-surface`}
          style={{ background: `var(--person-${person.color})`, color: 'var(--on-person)' }}
        >
          {initials(person.name)}
        </span>
      ))}
      {rest.length > 0 && (
        <span
          title={rest.map(saying).join(', ')}
          className={`flex ${box} items-center justify-center rounded-full bg-surface-3 font-semibold text-fg-2 ring-1 ring-surface`}
        >
          +{rest.length}
        </span>
      )}
    </span>
  )
}

function saying({ name, isEditing }: Person): string {
  return isEditing ? `${name} (in the editor)` : name
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const [first = '?', last = ''] = [words[0], words.length > 1 ? words.at(-1) : '']
  return `${[...first][0] ?? '?'}${[...last][0] ?? ''}`.toUpperCase()
}
