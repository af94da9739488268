import { CircleAlert, CirclePlus, Equal, KeyRound, PencilLine, TriangleAlert } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import type { ImportAction } from '#shared/templates/contract.ts'
import type { PlannedLine, ShownPlan } from '#shared/templates/import.ts'
import { Badge } from '../../ui/badge.tsx'
import { classes } from '../../ui/classes.ts'
import { TextField } from '../../ui/text-field.tsx'
import { filterLines } from './filter-lines.ts'
import { Sentences } from './sentences.tsx'
import { countActions, countOf, whoNeeds } from './words.ts'

type Shown = ImportAction | 'all'

/** What an import would do: faults first, then keys and warnings, then every workspace. `offered`: names a .env beside it holds. */
export function PlanView({ plan, offered }: { plan: ShownPlan; offered: readonly string[] }) {
  const counts = countActions(plan)
  const [shown, setShown] = useState<Shown>('all')
  const [words, setWords] = useState('')
  const lines = filterLines(plan.workspaces, { action: shown, words: useDeferredValue(words) })
  const heading = useId()
  const choices: readonly { id: Shown; label: string; count: number }[] = [
    { id: 'all', label: 'All', count: plan.workspaces.length },
    { id: 'create', label: 'Create', count: counts.create },
    { id: 'update', label: 'Update', count: counts.update },
    { id: 'keep', label: 'Keep', count: counts.keep },
  ]
  return (
    <div className="flex flex-col gap-4 pb-2">
      <Sentences
        icon={CircleAlert}
        tone="failed"
        title={countOf(plan.errors.length, 'fault')}
        sentences={plan.errors}
      />
      <Sentences
        icon={TriangleAlert}
        tone="waiting"
        title={countOf(plan.warnings.length, 'warning')}
        sentences={plan.warnings}
      />
      <Keys plan={plan} offered={offered} />
      {plan.workspaces.length > 0 && (
        <section aria-labelledby={heading}>
          <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
            <h3 id={heading} className="text-13 font-semibold">
              Workspaces
            </h3>
            <fieldset className="flex gap-1">
              <legend className="sr-only">Which to show</legend>
              {choices
                .filter(({ id, count }) => id === 'all' || count > 0)
                .map(({ id, label, count }) => (
                  <button
                    key={id}
                    type="button"
                    aria-pressed={shown === id}
                    onClick={() => setShown(id)}
                    className={classes(
                      'h-6 rounded-6 px-2 text-12 tabular-nums',
                      shown === id ? 'bg-accent-soft font-medium text-accent' : 'text-fg-2 hover:bg-hover',
                    )}
                  >
                    {label} {count.toLocaleString('en')}
                  </button>
                ))}
            </fieldset>
            <div className="ml-auto w-52">
              <TextField
                label="Filter workspaces"
                isLabelHidden
                type="search"
                placeholder="Filter by name, role, model"
                value={words}
                onChange={setWords}
              />
            </div>
          </div>
          <ul aria-label="What happens to each workspace" className="rounded-6 border border-line">
            {lines.map((line) => (
              <Line key={line.path.join('\n')} line={line} isFlat={lines.length < plan.workspaces.length} />
            ))}
            {lines.length === 0 && <li className="px-3 py-4 text-center text-fg-2">Nothing matches.</li>}
          </ul>
        </section>
      )}
    </div>
  )
}

const marks = {
  create: { icon: CirclePlus, word: 'Create', look: 'text-state-completed' },
  update: { icon: PencilLine, word: 'Update', look: 'text-accent' },
  keep: { icon: Equal, word: 'Keep', look: 'text-fg-3' },
} as const

/** Where some lines are hidden each says its whole path; else the indent does. */
function Line({ line, isFlat }: { line: PlannedLine; isFlat: boolean }) {
  const { path, action, role, runtime, model, writes } = line
  const { icon: Icon, word, look } = marks[action]
  const depth = isFlat ? 0 : Math.min(path.length - 1, 8)
  return (
    <li className="flex h-8 items-center gap-3 border-b border-line px-3 [contain-intrinsic-height:32px] [content-visibility:auto] last:border-0">
      <span className={classes('flex w-18 shrink-0 items-center gap-1.5 text-12', look)}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {word}
      </span>
      <span className="min-w-0 flex-1 truncate" style={{ paddingLeft: depth * 16 }} title={path.join(' › ')}>
        {isFlat && path.length > 1 && <span className="text-fg-3">{path.slice(0, -1).join(' › ')} › </span>}
        <span className="font-medium">{path.at(-1)}</span>
        {role && <span className="ml-2 text-12 text-fg-2">{role}</span>}
      </span>
      <span
        className="hidden w-44 shrink-0 truncate font-mono text-12 text-fg-3 wide:block"
        title={`${runtime} · ${model}`}
      >
        {model}
      </span>
      <span className="w-14 shrink-0 text-right text-12 text-fg-2 tabular-nums" title={writes.join('\n')}>
        {writes.length > 0 ? countOf(writes.length, 'file') : ''}
      </span>
    </li>
  )
}

function Keys({ plan: { keys }, offered }: { plan: ShownPlan; offered: readonly string[] }) {
  const beside = new Set(offered)
  const heading = useId()
  if (keys.length === 0 && offered.length === 0) return null
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="mb-1 flex items-center gap-1.5 text-13 font-semibold">
        <KeyRound size={14} strokeWidth={1.75} aria-hidden className="text-fg-3" />
        Keys
      </h3>
      <p className="mb-2 text-12 text-fg-2">
        {offered.length > 0
          ? `A .env beside the template holds ${countOf(offered.length, 'key')}. After the import you choose which become secrets; nothing of it was sent.`
          : 'It imports without them; a workspace that lacks a required one says so on its card.'}
      </p>
      <ul aria-label="Keys" className="grid gap-1">
        {keys.map((key) => (
          <li key={key.names.join()} className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-12">{key.names.join(' or ')}</span>
            <span className="text-12 text-fg-2">{whoNeeds(key)}</span>
            {key.names.some((name) => beside.has(name)) ? (
              <Badge tone="completed">In its .env</Badge>
            ) : (
              <Badge tone={key.isRequired ? 'waiting' : 'neutral'}>{key.isRequired ? 'Missing' : 'Optional'}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
