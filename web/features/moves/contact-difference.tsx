import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MovePreview } from '#shared/moves/contract.ts'
import { classes } from '../../ui/classes.ts'
import { type ContactLine, contactLines } from './contact-lines.ts'
import { listNames } from './words.ts'

/** Who can talk to whom: what a move adds and takes away. */
export function ContactDifference({ preview, movedIds }: { preview: MovePreview; movedIds: readonly WorkspaceId[] }) {
  const lines = contactLines(preview, movedIds)
  return (
    <section className="border-y border-line py-3">
      <h3 className="mb-1.5 text-12 text-fg-3">Who can talk to whom</h3>
      {lines.length === 0 && <p className="text-fg-2">Nothing changes: everyone keeps the contacts they have.</p>}
      <ul className="flex flex-col">
        {lines.map((line) => (
          <Line key={`${line.sign}${line.name}${line.relation}`} line={line} />
        ))}
      </ul>
    </section>
  )
}

function Line({ line: { sign, name, others, relation } }: { line: ContactLine }) {
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
      <span className="min-w-0 flex-1 text-pretty wrap-anywhere" title={others.join(', ')}>
        {name} with {listNames(others, 6)}
      </span>
      <span className="shrink-0 text-fg-3">{relation}</span>
    </li>
  )
}
