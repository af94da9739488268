import type { MovePreview } from '#shared/moves/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { classes } from '../../ui/classes.ts'
import { contactLines } from './contact-lines.ts'
import {
  answerLines,
  budgetLines,
  fileLines,
  type GainLine,
  memoryLines,
  reachLines,
  standingLines,
  toolLines,
} from './gain-lines.ts'
import { listNames } from './words.ts'

type Props = { preview: MovePreview; moved: readonly Workspace[]; target: Workspace | null }

/** What a move adds and takes away: contacts, tools, budgets, team memories, a pause or freeze of whom it comes under. */
export function MoveDifference({ preview, moved, target }: Props) {
  const contacts = contactLines(
    preview,
    moved.map(({ id }) => id),
  ).map(({ sign, name, others, relation }) => ({
    ...{ sign, text: `${name} with ${listNames(others, 6)}`, note: relation, title: others.join(', ') },
  }))
  return (
    <div className="flex flex-col divide-y divide-line border-y border-line">
      <Section title="Who can talk to whom" lines={contacts}>
        Nothing changes: everyone keeps the contacts they have.
      </Section>
      <Section title="Pause and freeze" lines={standingLines(moved, target)} />
      <Section title="Tools, by the rules of teams" lines={toolLines(preview)} />
      <Section title="What contact with another tier opens" lines={reachLines(preview)} />
      <Section title="Files of others" lines={fileLines(preview)} />
      <Section title="Who answers questions" lines={answerLines(preview)} />
      <Section title="Budgets that count the work" lines={budgetLines(preview)} />
      <Section title="Team memories" lines={memoryLines(preview)} />
      <p className="py-2 text-12 text-fg-3">
        Secrets stay as they are: each belongs to the organisation or to one workspace, never to a team.
      </p>
    </div>
  )
}

/** Without lines it says what it was given to say, or nothing. */
function Section({ title, lines, children }: { title: string; lines: readonly GainLine[]; children?: string }) {
  if (lines.length === 0 && !children) return null
  return (
    <section className="py-3">
      <h3 className="mb-1.5 text-12 text-fg-3">{title}</h3>
      {lines.length === 0 && <p className="text-fg-2">{children}</p>}
      <ul className="flex flex-col">
        {lines.map((line) => (
          <Line key={`${line.sign}${line.text}${line.note}`} line={line} />
        ))}
      </ul>
    </section>
  )
}

function Line({ line: { sign, text, note, title } }: { line: GainLine }) {
  const isGain = sign === '+'
  return (
    <li className="flex items-baseline gap-2.5 py-0.5">
      <span
        aria-hidden
        className={classes('w-2 shrink-0 font-mono font-semibold', isGain ? 'text-state-completed' : 'text-danger')}
      >
        {sign}
      </span>
      <span className="sr-only">{isGain ? 'Gains:' : 'Loses:'}</span>
      <span className="min-w-0 flex-1 text-pretty wrap-anywhere" title={title}>
        {text}
      </span>
      <span className="max-w-1/2 shrink-0 text-right text-pretty text-fg-3">{note}</span>
    </li>
  )
}
