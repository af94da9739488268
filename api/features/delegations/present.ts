import type { DelegationView, StepView } from '#shared/delegations/contract.ts'
import { ModelAnswer, ToolCall, ToolOutput, WorkContext } from '#shared/delegations/journal.ts'
import { plainWords } from '#shared/kernel/plain-words.ts'
import { priorityOf } from './journal-store.ts'
import { describeNote } from './present-note.ts'
import { ranSummary } from './ran-summary.ts'
import type { DelegationRow, StepRow } from './view-store.ts'

/** The only shape in which a delegation leaves. */
export function presentDelegation({ cancelReason, ...row }: DelegationRow): DelegationView {
  return {
    ...row,
    reason: row.reason ?? cancelReason,
    priority: priorityOf(row.priority),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

export function presentStep(row: StepRow): StepView {
  return {
    ...row,
    summary: summaryOf(row),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

const maxSummaryChars = 200

function summaryOf(row: StepRow): string {
  const text = row.error ?? describe(row)
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > maxSummaryChars ? `${line.slice(0, maxSummaryChars - 1)}…` : line
}

const unanswered: Partial<Record<StepRow['state'], string>> = {
  cancelled: 'The call was cancelled.',
  waiting: 'Not asked yet.',
}

function describe(row: StepRow): string {
  switch (row.kind) {
    case 'context': {
      const context = WorkContext.safeParse(row.output).data
      if (!context) return 'Read the context.'
      return `Read the prompt (version ${context.prompt.version}), ${context.peers.length} peers and ${context.tools.length} tools.`
    }
    case 'model': {
      const answer = ModelAnswer.safeParse(row.output).data
      if (!answer) return unanswered[row.state] ?? 'Waiting for the answer.'
      const calls = answer.calls.map((call) => call.name).join(', ')
      return plainWords(answer.text) || answer.text.trim() || (calls ? `Calls ${calls}.` : 'An empty answer.')
    }
    case 'tool':
      return toolSummary(row)
    case 'message':
      return textArg(row, 'message') ?? 'A message to the people who follow this work.'
    case 'note':
      return describeNote(row.name, row.output)
    default:
      return row.kind satisfies never
  }
}

function toolSummary(row: StepRow): string {
  const to = textArg(row, 'workspace')
  const task = textArg(row, 'task')
  if (to && task) return `${to}: ${task}`
  const gave = ToolOutput.safeParse(row.output).data?.text
  return gave === undefined ? `Calls ${row.name}.` : (ranSummary(gave) ?? gave)
}

function textArg(row: StepRow, name: string): string | undefined {
  const call = ToolCall.safeParse(row.input).data
  if (!call) return undefined
  try {
    const args: unknown = JSON.parse(call.args)
    const value = typeof args === 'object' && args !== null ? new Map(Object.entries(args)).get(name) : undefined
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
