import { formatMoney } from '../kernel/format-money.ts'
import { formatDuration } from '../kernel/format-time.ts'
import type { DelegationView, StepView } from './contract.ts'
import type { DelegationLog } from './log-contract.ts'

type Entry = DelegationLog['entries'][number]

/** The log for people: each delegation with its steps, what it handed on indented below it. All times are UTC. */
export function logText({ entries, total }: DelegationLog): string {
  const known = new Set(entries.map(({ delegation }) => delegation.id))
  const byParent = Map.groupBy(entries, ({ delegation }) =>
    delegation.parentId !== null && known.has(delegation.parentId) ? delegation.parentId : null,
  )
  const lines: string[] = []
  const write = (entry: Entry, level: number) => {
    const indent = '    '.repeat(level)
    lines.push(...entryLines(entry).map((line) => (line === '' ? '' : `${indent}${line}`)), '')
    for (const child of byParent.get(entry.delegation.id) ?? []) write(child, level + 1)
  }
  for (const entry of byParent.get(null) ?? []) write(entry, 0)
  if (total > entries.length) {
    lines.push(`Cut: ${entries.length} of ${total} delegations are shown, those nearest to the first.`, '')
  }
  lines.push('Whole inputs and outputs of the steps are in the JSON form of this log.')
  return `${lines.join('\n')}\n`
}

function entryLines({ delegation, steps }: Entry): string[] {
  const { workspaceName, requesterName, reason, answer, id, createdAt } = delegation
  return [
    `${clean(workspaceName)}: ${clean(delegation.task)}`,
    `${stateWords(delegation)} · from ${clean(requesterName)} · ${id}`,
    `given ${instant(createdAt)}${took(delegation, ', took ')} · ${totals(delegation)}`,
    ...(delegation.isRehearsal ? ['played by the rehearsal model'] : []),
    ...(reason === null ? [] : [`why: ${clean(reason)}`]),
    ...steps.map(stepLine),
    ...(answer === null ? [] : ['answer:', ...answer.split(/\r?\n/).map((line) => `  ${clean(line)}`)]),
  ]
}

function stateWords({ state, waitingFor, queuePosition }: DelegationView): string {
  if (state === 'waiting' && waitingFor !== null) return `waiting for ${waitingFor}`
  if (state === 'queued' && queuePosition !== null) return `queued, place ${queuePosition}`
  return state
}

function totals({ stepsTaken, stepLimit, inputTokens, outputTokens, cost }: DelegationView): string {
  return `${stepsTaken} of ${stepLimit} steps · ${inputTokens} tokens in, ${outputTokens} out · ${formatMoney(cost)}`
}

function stepLine(step: StepView): string {
  const tokens = step.inputTokens + step.outputTokens > 0 ? ` · ${step.inputTokens} in, ${step.outputTokens} out` : ''
  const cost = step.cost > 0 ? ` · ${formatMoney(step.cost)}` : ''
  const again = step.attempt > 1 ? ` · attempt ${step.attempt}` : ''
  const at = step.startedAt === null ? ' '.repeat(instantWidth) : instant(step.startedAt)
  const what = `${step.kind} ${clean(step.name)} ${step.state}`
  return `  ${String(step.step).padStart(3)}  ${at}  ${what}${took(step, ', ')}${tokens}${cost}${again} · ${clean(step.summary)}`
}

function took({ startedAt, finishedAt }: Pick<StepView, 'startedAt' | 'finishedAt'>, before: string): string {
  if (startedAt === null || finishedAt === null) return ''
  return `${before}${formatDuration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)))}`
}

const instantWidth = 23

/** "2031-05-04 12:00:00.000" */
function instant(at: string): string {
  return at.slice(0, instantWidth).replace('T', ' ')
}

/** One line without anything a terminal would obey. */
function clean(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
}
